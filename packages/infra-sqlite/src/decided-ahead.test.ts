import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type Command, decideBatch, type Instant, type Sku } from "@holdfast/domain";
import { type Commit, type FeedEpoch, StoreTime } from "@holdfast/engine";
import {
  adjust,
  cancel,
  change,
  changeCart,
  changePlace,
  claim,
  confirm,
  correct,
  create,
  expire,
  fulfil,
  idOf,
  open,
  place,
  placeAnywhere,
  Shop,
  wordOf,
} from "@holdfast/testing";
import { expect, onTestFinished, test } from "vitest";
import { databaseOn } from "./database-on.ts";
import type { WriteRequest, Written } from "./row-writer.ts";
import { connectFirst } from "./set-up-file.ts";
import { recounterHere } from "./sqlite-recounts.ts";
import { type Writer, writerHere } from "./writer.ts";

const openedAt = 1_700_000_000_000 as Instant;
const epoch = "00000000000000000000000001" as FeedEpoch;

/** A writer on another connection, as a thread is, that writes each batch when it is let. */
class HeldWriter {
  readonly writer: Writer;
  readonly requests: WriteRequest[] = [];
  readonly #writes: (() => void)[] = [];
  /** Ends the next batch so, instead of writing it. */
  ending: Written | undefined;

  constructor(db: DatabaseSync) {
    const here = writerHere(db);
    this.writer = {
      ...here,
      write: (request) => {
        this.requests.push(request);
        const { promise, resolve } = Promise.withResolvers<Written>();
        this.#writes.push(() => {
          const ended = this.ending;
          this.ending = undefined;
          resolve(ended ?? here.write(request));
        });
        return promise;
      },
    };
  }

  get held(): number {
    return this.#writes.length;
  }

  letGo(): void {
    this.#writes.shift()?.();
  }
}

/** A shop on a file, whose transactions are handed over without waiting for each other's end. */
function heldShop() {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shop.db");
  const [db, other] = [
    connectFirst(path, { busyTimeoutMs: 1_000, epoch }),
    connectFirst(path, { busyTimeoutMs: 1_000 }),
  ];
  onTestFinished(() => db.close());
  onTestFinished(() => other.close());
  const held = new HeldWriter(other);
  const time = new StoreTime({ wall: () => openedAt, steady: () => openedAt });
  const database = databaseOn(db, { recounter: recounterHere(db), writer: held.writer, time });
  let ids = 0;
  const give = (...commands: readonly Command[]): Promise<Commit> => {
    ids += 1;
    return database.store.transact({ id: idOf(`${ids}`), commands, decide: decideBatch, timeoutMs: 5_000 });
  };
  const drift = () => new Shop({ ...database, close: async () => {} }).drift();
  return { db, path, held, database, give, drift };
}

/** Lets all go that is held, until a transaction has ended. */
async function ended(held: HeldWriter, ...commits: readonly Promise<Commit>[]): Promise<string[][]> {
  let open = commits.length;
  for (const commit of commits) void commit.finally(() => (open -= 1));
  while (open > 0) {
    await turn();
    held.letGo();
  }
  return (await Promise.all(commits)).map((commit) =>
    commit.kind === "committed" ? commit.batch.outcomes.map(wordOf) : [commit.kind],
  );
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("decides a batch on what the one under way leaves, and no third one", async () => {
  const { held, give, database, drift } = heldShop();
  await ended(held, give(create("tea", 5)));
  const commits = [
    give(place("o1", { tea: 3 }, claim("k1"))),
    give(place("o2", { tea: 2 }), place("o3", { tea: 1 }), confirm("o1"), place("o4", { tea: 3 }, claim("k1"))),
    give(cancel("o2")),
  ];
  await turn();
  expect(held.held).toBe(2);
  expect(await ended(held, ...commits)).toEqual([["ok"], ["ok", "insufficient_stock", "ok", "replayed"], ["ok"]]);
  expect((await database.queries.product("tea" as Sku))?.levels).toMatchObject([
    { reservedStock: 0, committedStock: 3 },
  ]);
  expect(await drift()).toEqual([]);
});

test("answers nothing of a batch that is not written: refusals and replays wait for it", async () => {
  const { held, give } = heldShop();
  await ended(held, give(create("tea", 5)));
  const first = give(place("o1", { tea: 5 }, claim("k1")));
  const [refused, replayed] = [give(place("o2", { tea: 1 })), give(place("o1", { tea: 5 }, claim("k1")))];
  let answers = 0;
  for (const commit of [refused, replayed]) void commit.finally(() => (answers += 1));
  for (let turns = 0; turns < 5; turns += 1) await turn();
  expect([held.held, answers]).toEqual([1, 0]);
  held.ending = { kind: "not_committed", transient: true, reason: "the disk is full", cause: undefined };
  expect(await ended(held, first, refused, replayed)).toEqual([["not_committed"], ["ok"], ["insufficient_stock"]]);
});

test("waits for the one under way where a batch reads more than its entities: all open places, or a level added up anew", async () => {
  const { held, give, drift } = heldShop();
  await ended(held, give(open("berlin", { priority: 1 }), create("tea", 0), adjust("a1", "tea@berlin", 5)));
  const closing = give(changePlace("berlin", { active: false }));
  const placing = give(placeAnywhere("o1", { tea: 1 }), create("cup", 1));
  await turn();
  expect(held.held).toBe(1);
  expect(await ended(held, closing, placing)).toEqual([["ok"], ["insufficient_stock", "ok"]]);
  const moving = give(adjust("a2", "tea@berlin", 2));
  const correcting = give(correct("c1", "tea@berlin", 7, 0, 0), create("pot", 1));
  await turn();
  expect(held.held).toBe(1);
  expect(await ended(held, moving, correcting)).toEqual([["ok"], ["nothing_to_correct", "ok"]]);
  expect(await drift()).toEqual([]);
});

test("decides anew behind a batch that was not written, and behind another process that came first", async () => {
  const { held, give, drift, path } = heldShop();
  await ended(held, give(create("tea", 5)));
  const lost = give(place("o1", { tea: 3 }));
  const kept = give(place("o2", { tea: 2 }), confirm("o1"));
  await turn();
  held.ending = { kind: "not_committed", transient: true, reason: undefined, cause: undefined };
  expect(await ended(held, lost, kept)).toEqual([["not_committed"], ["ok", "order_not_found"]]);
  expect(await drift()).toEqual([]);

  const [overtaken, behind] = [give(place("o3", { tea: 1 })), give(place("o4", { tea: 1 }))];
  await turn();
  // One level version further, as the batch under way would have brought it.
  const db = connectFirst(path, { busyTimeoutMs: 1_000 });
  onTestFinished(() => db.close());
  const time = new StoreTime({ wall: () => openedAt, steady: () => openedAt });
  const { store } = databaseOn(db, { recounter: recounterHere(db), writer: writerHere(db), time });
  await store.transact({ id: idOf("Z"), commands: [place("o5", { tea: 2 })], decide: decideBatch, timeoutMs: 5_000 });
  expect((await ended(held, overtaken, behind)).flat().sort()).toEqual(["insufficient_stock", "ok"]);
  expect(await drift()).toEqual([]);
});

/** A small generator of numbers (mulberry32), so that a seed is a history. */
function randomFrom(seed: number): <T>(...choices: readonly T[]) => T {
  let state = seed;
  return (...choices) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return choices[((mixed ^ (mixed >>> 14)) >>> 0) % choices.length] as (typeof choices)[number];
  };
}

/** Some hundred batches of a shop with three products at two places, which get into each other's way. */
function batches(seed: number): Command[][] {
  const pick = randomFrom(seed);
  const sku = () => pick("tea", "cup", "pot");
  /** One of the last few that were placed, if it was. */
  const order = () => `o${Math.max(1, ids - pick(...Array.from({ length: 30 }, (_, n) => n)))}`;
  const units = () => pick(1, 1, 2, 3);
  let ids = 0;
  const one = (): Command => {
    ids += 1;
    const key = pick(true, false) ? claim(`k${pick(1, 2, 3, 4, 5, 6)}`) : {};
    const make = pick<() => Command>(
      () =>
        place(`p${ids}`, { [sku()]: units() }, { customerId: pick("ann", "bob"), bounds: { unitsPerCustomerMax: 9 } }),
      () => placeAnywhere(`o${ids}`, { [sku()]: units(), [`${sku()}@berlin`]: 1 }, key),
      () => place(`o${ids}`, { [sku()]: units() }, key),
      () => changeCart(order(), { [sku()]: units(), [`${sku()}@berlin`]: units() }),
      () => confirm(order(), pick("a", "b")),
      () => cancel(order()),
      () => expire(order()),
      () => fulfil(`f${ids}`, order()),
      () => adjust(`a${ids}`, pick(sku(), `${sku()}@berlin`), pick(9, 2, -1), key),
      () => change(sku(), { name: `Name ${ids}` }),
      () => changePlace("berlin", { active: pick(true, true, false) }),
      () => create(pick("tea", "hat"), 3, key),
    );
    return make();
  };
  const opening = [open("berlin", { priority: 1 }), create("tea", 60), create("cup", 60), create("pot", 60)];
  return [opening, ...Array.from({ length: 120 }, () => Array.from({ length: pick(1, 2, 5) }, one))];
}

/** All rows of all tables. */
function rowsOf(db: DatabaseSync): string {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'probe' ORDER BY name")
    .all();
  return tables.map(({ name }) => JSON.stringify(db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all())).join("\n");
}

test.each(Array.from({ length: 12 }, (_, n) => n + 1))(
  "answers and leaves the same as one batch after another (seed %d)",
  async (seed) => {
    const [ahead, apart] = [heldShop(), heldShop()];
    const all = batches(seed);
    const answers = ended(ahead.held, ...all.map((commands) => ahead.give(...commands)));
    const alone: string[][] = [];
    for (const commands of all) alone.push(...(await ended(apart.held, apart.give(...commands))));
    expect(await answers).toEqual(alone);
    expect(rowsOf(ahead.db) === rowsOf(apart.db)).toBe(true);
    expect(ahead.held.requests.filter(({ behind }) => behind !== undefined).length).toBeGreaterThan(15);
    expect(apart.held.requests.filter(({ behind }) => behind !== undefined)).toEqual([]);
    expect(await ahead.drift()).toEqual([]);
  },
);
