import type { CommandOf } from "@holdfast/domain";
import { availableIn, type Counted, settingsIn } from "../checks/level-book.ts";
import { unexpected } from "../checks/witness.ts";
import { randomSku } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type ChangeLevel = CommandOf<"ChangeLevel">;

export const changeLevelModel: CommandModel<ChangeLevel> = {
  occasions: [{ when: "anytime", weight: () => 0.02, ask: edit }],
  *replyFaults(witness, { command, reply, from, to }) {
    const { sku, locationId, ifSettings, safetyStock } = command;
    const about = `the change of ${sku} at ${locationId}`;
    const states = witness.levelBetween(sku, locationId, from, to).map((state) => state.counted);
    if (reply.kind === "ok") {
      if (!states.some((state) => isAsAsked(command, state))) yield `${about} was acknowledged and is lost`;
    } else if (reply.kind === "refused" && reply.failure.code === "level_changed") {
      const { version } = reply.failure;
      const isStale = (state: Counted) => state.version === version && !isAsSeen(ifSettings, state);
      if (ifSettings === undefined || !states.some(isStale)) yield `${about} was falsely refused as stale`;
    } else if (reply.kind === "refused" && reply.failure.code === "stock_promised") {
      const keepsTooMuch = (state: Counted) =>
        (safetyStock ?? state.safetyStock) - state.safetyStock > Math.max(0, availableIn(state));
      if (!states.some(keepsTooMuch)) yield `${about} was refused for stock that was there`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_not_found") {
      yield* witness.noProducts(reply.failure.skus, from);
    } else if (reply.kind === "refused" && reply.failure.code === "location_not_found") {
      yield* witness.noLocations(reply.failure.locationIds, from);
    } else if (reply.kind !== "not_written") yield* unexpected("ChangeLevel", reply);
  },
  *historyFaults(witness, requests) {
    // Each change is one that was asked for, of the settings that its caller had seen.
    for (const { sku, locationId } of witness.tables.entities.levels.values()) {
      const states = witness.levelBetween(sku, locationId, 0, Number.POSITIVE_INFINITY).map(({ counted }) => counted);
      const asked = requests.filter((request) => request.sku === sku && request.locationId === locationId);
      for (const [index, state] of states.entries()) {
        const before = states[index - 1];
        if (before === undefined || isAsSeen(settingsIn(state), before)) continue;
        const isOf = (request: ChangeLevel) =>
          isAsAsked(request, state) && (request.ifSettings === undefined || isAsSeen(request.ifSettings, before));
        if (!asked.some(isOf))
          yield `v${state.version} of ${sku} at ${locationId} was asked for of no settings before it`;
      }
    }
  },
  sequence: {
    share: 0.05,
    draw: ({ random, sku, locationId }) => {
      const seen = random.chance(0.3) ? { ifSettings: { safetyStock: random.between(0, 2) } } : {};
      return changeLevel({ sku, locationId, ...randomSettings(random), ...seen });
    },
  },
};

function isAsAsked({ safetyStock, lowStockThreshold }: ChangeLevel, state: Counted): boolean {
  return (
    (safetyStock === undefined || safetyStock === state.safetyStock) &&
    (lowStockThreshold === undefined || lowStockThreshold === (state.lowStockThreshold ?? null))
  );
}

function isAsSeen(seen: ChangeLevel["ifSettings"], state: Counted): boolean {
  return seen?.safetyStock === state.safetyStock && seen.lowStockThreshold === state.lowStockThreshold;
}

/** Someone edits a level's settings as they were when they looked. */
async function edit(person: Person): Promise<void> {
  const { random, crowd, database, time } = person.world;
  const [sku, locationId] = [randomSku(random, crowd), random.pick(crowd.locations)];
  const level = database.tables.entities.levels.get(`${sku}@${locationId}`);
  const { safetyStock = 0, lowStockThreshold } = level ?? {};
  const seen = { safetyStock, ...(lowStockThreshold !== undefined && { lowStockThreshold }) };
  const ask = async () => {
    const settings = randomSettings(random);
    if (random.chance(0.3)) await time.sleep(random.between(0, 100));
    const ifSettings = random.chance(0.7) ? { ifSettings: seen } : {};
    await person.ask(() => changeLevel({ sku, locationId, ...settings, ...ifSettings }));
  };
  // Two people at times, who have seen the same.
  await Promise.all(random.chance(0.5) ? [ask(), ask()] : [ask()]);
}

function randomSettings(random: Random): Pick<ChangeLevel, "safetyStock" | "lowStockThreshold"> {
  const safetyStock = random.between(0, 2);
  const lowStockThreshold = random.pick([null, 0, 3]);
  return random.pick([{ safetyStock }, { lowStockThreshold }, { safetyStock, lowStockThreshold }]);
}

function changeLevel(body: Body<ChangeLevel>): ChangeLevel {
  return { type: "ChangeLevel", actor: shopKey, ...body };
}
