import { availableStock, type Instant, limits, type PoliciesChange, type Quantity } from "@holdfast/domain";
import { lookEveryMs } from "./checks/punctuality.ts";
import { changeProduct } from "./models/change-product.ts";
import { correctAll } from "./models/correct-stock.ts";
import { placeOrder } from "./models/place-order.ts";
import type { Clients } from "./people/clients.ts";
import type { Person } from "./people/person.ts";
import { relayLagMsMax, relayMsMax } from "./system/relay.ts";
import { sweepIntervalMs } from "./system/worker-process.ts";
import type { World } from "./world.ts";

/**
 * Runs the end of a simulation without faults: edits are corrected, every reservation ends by itself, every key settles, all free stock
 * can be sold, and every commit reaches the relay.
 */
export async function settle(world: World, clients: Clients, auditor: Person): Promise<void> {
  // An edit may keep its reservation from ending, but no other one.
  await world.time.sleep(2 * sweepIntervalMs + 1_000);
  await correctAll(auditor);
  await outlastReservations(world);
  // Commits whose answers were lost have arrived by now, and the clocks agree, so no wake-up is lost any more.
  world.clock.setRight();
  world.hindrances.hintsMended();
  await world.time.sleep(2 * lookEveryMs);
  await liftPolicies(world, clients);
  await sellAll(world, clients);
  await clients.repeatAll("settler");
  // The shortest of these reservations run out without a fault, and punctuality is checked.
  await world.time.sleep(1_000 + sweepIntervalMs);
  await holdInQuiet(world, clients);
  await relayAll(world);
  // Let workers get all their answers, too: last, since an expiry can begin while anything else is waited for.
  while (world.requests.waiting > 0) await world.time.sleep(lookEveryMs);
}

async function outlastReservations({ database, clock, time, history }: World): Promise<void> {
  const { tables } = database;
  const reservations = tables.pending();
  const last = reservations.at(-1)?.reservation.expiresAt ?? (0 as Instant);
  clock.jump(Math.max(0, last - clock.now()));
  await time.sleep(2 * sweepIntervalMs);
  for (const { id } of reservations) {
    if (tables.entities.orders.get(id)?.status === "PENDING_PAYMENT") history.violate(`${id} is held past its time`);
  }
}

/** Takes every policy away, so that the last shopper may have what is left, in whatever quantity that is. */
async function liftPolicies({ database }: World, clients: Clients): Promise<void> {
  for (const { sku, policies } of [...database.tables.entities.products.values()]) {
    if (policies === undefined) continue;
    const none: PoliciesChange = Object.fromEntries(Object.keys(policies).map((policy) => [policy, null]));
    await clients.ask("settler", () => changeProduct({ sku, policies: none }));
  }
}

async function sellAll({ database, history, newId }: World, clients: Clients): Promise<void> {
  for (const level of [...database.tables.entities.levels.values()]) {
    const { sku, locationId } = level;
    // Of the gem no more than an order may cost: there may be a thousand million.
    const price = database.tables.entities.products.get(sku)?.price.amount ?? 0;
    const affordable = price === 0 ? Number.POSITIVE_INFINITY : Math.floor(limits.totalAmountMax / price);
    const quantity = Math.min(availableStock(level), affordable) as Quantity;
    if (quantity <= 0) continue;
    const body = { locationId, lines: [{ sku, quantity }], holdSeconds: 1 };
    const reply = await clients.ask("last shopper", () => placeOrder(body, newId()));
    if (reply.kind !== "ok") history.violate(`free stock was not sold: ${JSON.stringify([body, reply])}`);
  }
}

/** While nothing else happens, reserves a unit again and again and lets it run out: only its wake-up can release it promptly. */
async function holdInQuiet({ time, random, newId, database }: World, clients: Clients): Promise<void> {
  for (let left = 3; left > 0; left -= 1) {
    await time.sleep(random.between(0, sweepIntervalMs));
    const level = [...database.tables.entities.levels.values()].find((each) => availableStock(each) > 0);
    if (level === undefined) return;
    const { sku, locationId } = level;
    const body = { locationId, lines: [{ sku, quantity: 1 as Quantity }], holdSeconds: 1 };
    await clients.ask("last shopper", () => placeOrder(body, newId()));
    await time.sleep(1_000 + sweepIntervalMs);
  }
}

async function relayAll({ relay, database, time, history }: World): Promise<void> {
  const commits = database.tables.journal.length;
  const lateFrom = time.now() + relayLagMsMax + (commits - relay.arrived) * relayMsMax;
  while (relay.arrived < commits && time.now() < lateFrom) await time.sleep(lookEveryMs);
  if (relay.arrived < commits) history.violate(`${relay.arrived} of ${commits} commits came to the relay`);
}
