import { setTimeout as wait } from "node:timers/promises";
import type { ApiReader } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

const askAgainMs = 100;

/** Waits until no reservation of these SKUs is active. Each that still is after `msMax` is a breach. */
export async function waitForExpiry(api: ApiReader, skus: readonly string[], msMax: number): Promise<Breach[]> {
  const deadline = performance.now() + msMax;
  let waitedFor: readonly string[] = skus;
  for (;;) {
    const alive = await Promise.all(
      waitedFor.map(async (sku) => ({ sku, reservations: await api.activeReservations(sku) })),
    );
    const left = alive.filter(({ reservations }) => reservations.length > 0);
    if (left.length === 0) return [];
    if (performance.now() > deadline) {
      return left.flatMap(({ sku, reservations }) =>
        reservations.map(({ id, expiresAt }) => ({
          rule: "no leak" as const,
          says: `${sku}: ${id} ran out at ${expiresAt} and is still ACTIVE at ${new Date().toISOString()}`,
        })),
      );
    }
    waitedFor = left.map(({ sku }) => sku);
    await wait(askAgainMs);
  }
}
