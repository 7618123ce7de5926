import { Punctuality } from "./checks/punctuality.ts";
import { replyFaults } from "./checks/reply-faults.ts";
import type { ShedCounts } from "./checks/shedding.ts";
import { createLocation, randomPlace } from "./models/create-location.ts";
import { createProduct, productOf } from "./models/create-product.ts";
import { occasions } from "./models/models.ts";
import { Clients } from "./people/clients.ts";
import { Person } from "./people/person.ts";
import { settle } from "./settle.ts";
import { ApiProcess } from "./system/api-process.ts";
import { Disturbances } from "./system/disturbances.ts";
import type { Fault } from "./system/faults.ts";
import { WorkerProcess } from "./system/worker-process.ts";
import { type Planted, World } from "./world.ts";

/** Several times the turns of the longest simulation: one that needs more is stuck in a loop. */
function turnsMax(steps: number): number {
  return 10_000 + 300 * steps;
}

export interface SimulationOptions {
  /** How many things people do, all together. */
  readonly steps?: number;
  readonly planted?: Planted;
}

/** The result of a seed. */
export interface Simulated {
  readonly seed: number;
  /** Broken promises. The first is the one to look at. */
  readonly violations: readonly string[];
  /** Everything that happened, one line each; the same seed gives the same bytes. */
  readonly history: readonly string[];
  readonly faults: ReadonlyMap<Fault, number>;
  readonly commits: number;
  readonly requests: number;
  /** Commits that lost to another process. */
  readonly racesLost: number;
  readonly shed: Readonly<ShedCounts>;
  /** How late the latest release was, counted from when no fault kept the workers from it. */
  readonly lateMsMax: number;
}

/**
 * Runs processes, workers and people on one shared store under faults, then ends the faults and checks that everything settles. Stops at
 * the first broken promise.
 */
export async function simulate(seed: number, { steps = 40, planted = {} }: SimulationOptions = {}): Promise<Simulated> {
  const world = new World(seed, planted);
  const { time, history, ledger, faults, requests } = world;
  const processes = ["api-1", "api-2", "api-3"]
    .slice(0, world.random.between(1, 3))
    .map((name) => new ApiProcess(name, world));
  const workers = ["worker-1", "worker-2"].map((name) => new WorkerProcess(name, world));
  const clients = new Clients(world, processes);
  const auditor = new Person("auditor", world, clients);
  // One at a time, as there is one auditor: a crowd of them asks again and again, and leaves shoppers no room.
  let review: Promise<unknown> | undefined;
  let left = steps;
  const disturbances = new Disturbances(world, processes, workers, () => {
    // An auditor who comes after the shoppers would buy while it is checked that all free stock sells. Settling corrects every level.
    if (left < 0) return;
    review ??= Promise.all(occasions.edited.map(({ ask }) => ask(auditor))).then(() => {
      review = undefined;
    });
  });
  const punctuality = new Punctuality(world);
  const run = async (what: string, part: Promise<unknown>) => {
    let done = history.violations.length > 0;
    void part
      .catch((error: unknown) => history.violate(`${what} broke: ${error}`))
      .finally(() => {
        done = true;
      });
    const ended = await time.runUntil(() => done || history.violations.length > 0, turnsMax(steps));
    if (!ended) history.violate(`${what} does not end: ${requests.waiting} requests are not answered`);
  };

  const more = () => {
    left -= 1;
    // No faults in the last tenth.
    if (left === Math.floor(steps / 10)) disturbances.end();
    return left >= 0;
  };
  await run("opening", openShop(world, clients));
  const people = Array.from(
    { length: world.crowd.people },
    (_, index) => new Person(`person-${index + 1}`, world, clients),
  );
  await run("shopping", Promise.all(people.map((person) => person.live(more))));
  disturbances.end();
  if (review !== undefined) await run("reviewing", review);
  await run("settling", settle(world, clients, auditor));
  if (history.violations.length === 0)
    history.violate(...replyFaults(requests.attempts, world.database.tables, ledger));
  return {
    seed,
    violations: history.violations,
    history: history.lines,
    faults: faults.counts,
    commits: ledger.commits,
    requests: requests.attempts.length,
    racesLost: world.database.racesLost,
    shed: world.shedding.counts,
    lateMsMax: punctuality.lateMsMax,
  };
}

async function openShop({ random, crowd, newId }: World, clients: Clients): Promise<void> {
  const products = crowd.skus.map((sku) => ({
    body: productOf(sku, random, crowd),
    claim: { key: `shop:${newId()}`, fingerprint: "f" },
  }));
  // One that is not open yet is opened later, or never: what is to happen there is refused until then.
  if (random.chance(0.8)) {
    for (const locationId of new Set(crowd.locations)) {
      if (locationId === "main") continue;
      const body = { locationId, ...randomPlace(random) };
      await clients.ask("merchant", () =>
        createLocation(body, newId(), { key: `shop:${locationId}`, fingerprint: "f" }),
      );
    }
  }
  await Promise.all(
    products.map(({ body, claim }) => clients.ask("merchant", () => createProduct(body, newId(), claim))),
  );
}
