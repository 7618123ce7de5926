import { isReadable, type LevelName, levelKey, type Read, shortStock } from "@holdfast/domain";
import { type LowStock, lowStockPage, type Paging, type Queries, type Shortage, shortagePage } from "@holdfast/engine";
import {
  coverWords,
  hitWords,
  type LowStockAsked,
  lowStockIn,
  shortagesIn,
  shortageWords,
} from "../checks/stock-lists.ts";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";

/** The lists that the shop's people read, page by page. */
export interface StockLists {
  readonly shortages: (paging: Paging<LevelName>) => Promise<Read<Shortage>[]>;
  readonly lowStock: (
    filter: Parameters<typeof lowStockPage>[1],
    paging: Paging<LevelName>,
  ) => Promise<Read<LowStock>[]>;
}

export function stockLists(queries: Queries): StockLists {
  return {
    shortages: (paging) => shortagePage(queries, paging),
    lowStock: (filter, paging) => lowStockPage(queries, filter, paging),
  };
}

/**
 * Someone who reads both lists right after a commit, and compares them with the oracle's. Nothing else happens meanwhile: what is read waits
 * for no network, and promises are over before time passes.
 */
export class ListReader {
  readonly #world: World;
  readonly #lists: StockLists;
  /** Its own: reading changes no history. */
  readonly #dice: Random;

  constructor(world: World, dice: Random) {
    const { database, planted } = world;
    this.#world = world;
    this.#dice = dice;
    this.#lists = planted.lists?.(database.queries) ?? stockLists(database.queries);
  }

  look(): void {
    const { history } = this.#world;
    const looks = this.#dice.chance(0.5) ? this.#readShortages() : this.#readLowStock();
    void looks.catch((error: unknown) => history.violate(`a list of stock broke: ${error}`));
  }

  async #readShortages(): Promise<void> {
    const due = shortagesIn(this.#world.ledger);
    const read = await this.#all((paging) => this.#lists.shortages(paging), due.length);
    this.#compare("short", read.map(wordsOfShortage), due);
  }

  async #readLowStock(): Promise<void> {
    const { ledger, clock, crowd } = this.#world;
    const asked: LowStockAsked = {
      // Ten seconds, two hours, or a week: the clock may jump by an hour.
      days: this.#dice.pick([1 / 8_640, 1 / 12, 7]),
      now: clock.now(),
      ...(this.#dice.chance(0.3) && { locationId: this.#dice.pick(crowd.locations) }),
    };
    const due = lowStockIn(ledger, asked);
    const { now: _now, ...filter } = asked;
    const read = await this.#all((paging) => this.#lists.lowStock(filter, paging), due.length);
    this.#compare("low", read.map(wordsOfLow), due);
  }

  /** All pages of a list. A list that goes on and on ends soon after it should have. */
  async #all<Listed extends { readonly level: LevelName }>(
    read: (paging: Paging<LevelName>) => Promise<Read<Listed>[]>,
    due: number,
  ): Promise<Listed[]> {
    const limit = this.#dice.between(1, 3);
    const all: Listed[] = [];
    while (all.length <= due + limit) {
      const after = all.at(-1)?.level;
      const page = (await read({ limit, ...(after && { after }) })).filter((listed) => isReadable(listed));
      all.push(...page);
      if (page.length < limit) break;
    }
    return all;
  }

  #compare(what: "short" | "low", said: readonly string[], due: readonly string[]): void {
    const index = Math.max(said.length, due.length);
    for (let at = 0; at < index; at += 1) {
      if (said[at] === due[at]) continue;
      this.#world.history.violate(
        `the list says ${what} ${said[at] ?? "nothing more"}, and it is ${due[at] ?? "none"}`,
      );
      return;
    }
  }
}

function wordsOfShortage({ level, orders, transfers, complete }: Shortage): string {
  return shortageWords(
    levelKey(level.sku, level.locationId),
    shortStock(level),
    orders.map(({ orderId, short, promised, customerId }) => hitWords(orderId, short, promised, customerId)),
    transfers.map(({ transferId, short, reserved }) => hitWords(transferId, short, reserved)),
    complete,
  );
}

function wordsOfLow({ level, soldUnits, soldSince, daysOfCover }: LowStock): string {
  return `${levelKey(level.sku, level.locationId)} ${coverWords(soldUnits, soldSince, daysOfCover)}`;
}
