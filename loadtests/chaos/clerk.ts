import { BrokenPromise } from "./readiness.ts";
import { settle } from "./shopper.ts";

/** Where a clerk sends units: it promises after `main`, which never runs out. */
const depot = "chaos-depot";

/** Opens the clerk's place, unless an earlier run has. */
export async function openDepot(urls: readonly string[]): Promise<void> {
  const place = { id: depot, name: "Depot", priority: 9 };
  const { status, body } = await settle(urls, "/v1/locations", place, undefined);
  if (status !== 201 && body.code !== "location_exists") throw new Error(`the depot was answered ${status}`);
}

/**
 * Sends a unit of each SKU to the depot and back, step by step, each until it is answered. All that was sent arrives, so that no stock is
 * lost or on its way at the end.
 */
export async function sendThereAndBack(urls: readonly string[], skus: readonly string[], key: string): Promise<void> {
  const lines = skus.map((sku) => ({ sku, quantity: 1 }));
  const make = async (path: string, body: object, as: string) => {
    const answer = await settle(urls, path, body, as);
    if (answer.status >= 300) throw new BrokenPromise(`${path} was answered ${answer.status} ${answer.body.code}`);
    return answer.body.id;
  };
  for (const [fromLocationId, toLocationId] of [
    ["main", depot],
    [depot, "main"],
  ]) {
    const id = await make("/v1/transfers", { fromLocationId, toLocationId, lines }, `${key}-to-${toLocationId}`);
    await make(`/v1/transfers/${id}/ship`, {}, `${key}-ship-${id}`);
    await make(`/v1/transfers/${id}/receive`, {}, `${key}-receive-${id}`);
  }
}
