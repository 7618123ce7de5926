import { edgeSettings } from "./edge-settings.ts";
import { type EdgeShop, type ShopStorage, wire } from "./wiring.ts";

/** The little of a Durable Object's state that a shop needs. */
interface ObjectState {
  readonly storage: ShopStorage;
  blockConcurrencyWhile(begin: () => Promise<void>): void;
}

/** One shop: engine, store and background work in a Durable Object. The platform runs it once, and starts it again with what it stored. */
export class ShopObject {
  readonly #shop: EdgeShop;

  constructor(state: ObjectState, env: Readonly<Record<string, unknown>>) {
    this.#shop = wire(state.storage, edgeSettings(env));
    // Before its first request or alarm.
    state.blockConcurrencyWhile(() => this.#shop.start());
  }

  fetch(request: Request): Response | Promise<Response> {
    return this.#shop.app.fetch(request);
  }

  /** Called by the platform at the time that was set, also where the object was put away meanwhile. */
  async alarm(): Promise<void> {
    await this.#shop.wakeups.ring();
  }
}
