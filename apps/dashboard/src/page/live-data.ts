import { activeReservations } from "./active-reservations.ts";
import { type ApiClient, KeyNeeded, ServerAway } from "./api-client.ts";
import type { Connection, LiveState, Picture } from "./live-state.ts";
import { readable } from "./readable.ts";
import type { ServerClock } from "./server-clock.ts";

const booksMs = 10_000;

/**
 * Polls the API about once a second while the page is visible, and notifies its listeners.
 *
 * Rounds never overlap, so that older data never replaces newer data. While the server does not answer, rounds become less frequent. When
 * it wants a key they stop, until `refresh` is called with a key.
 */
export class LiveData {
  readonly #client: ApiClient;
  readonly #clock: ServerClock;
  readonly #listeners = new Set<() => void>();
  #state: LiveState = { connection: { kind: "connecting" }, books: { checking: false } };
  #running: Promise<void> | undefined;
  #following: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watched = false;
  #failures = 0;
  #booksDueAt = 0;

  constructor(client: ApiClient, clock: ServerClock) {
    this.#client = client;
    this.#clock = clock;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Calls `listener` after each change. Call the returned function to unsubscribe. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  resume(): void {
    this.#watched = true;
    void this.refresh();
  }

  pause(): void {
    this.#watched = false;
    clearTimeout(this.#timer);
  }

  /** Reads now. Settles after a round that began after this call, so that it includes every change made before. */
  refresh(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#round().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    // All callers during a round share the one that follows it.
    this.#following ??= this.#running
      .catch(() => {}) // its own caller gets the error
      .then(() => {
        this.#following = undefined;
        return this.refresh();
      });
    return this.#following;
  }

  /** Asks for a reconciliation now. If that fails, the last result stays. */
  async checkBooks(): Promise<void> {
    if (this.#state.books.checking) return;
    this.#set({ books: { ...this.#state.books, checking: true } });
    try {
      const found = await this.#client.reconciliation();
      this.#set({ books: { checking: true, found, checkedAt: this.#clock.now() } });
    } catch (error) {
      if (!(error instanceof ServerAway || error instanceof KeyNeeded)) throw error;
    } finally {
      this.#booksDueAt = performance.now() + booksMs;
      this.#set({ books: { ...this.#state.books, checking: false } });
    }
  }

  async #round(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const picture = await this.#read();
      this.#failures = 0;
      this.#set({ picture, connection: { kind: "live" } });
      if (this.#watched && performance.now() >= this.#booksDueAt) void this.checkBooks();
    } catch (error) {
      this.#set({ connection: this.#connectionAfter(error) });
    } finally {
      if (this.#watched && this.#state.connection.kind !== "locked") {
        this.#timer = setTimeout(() => void this.refresh(), pollDelay(this.#failures));
      }
    }
  }

  async #read(): Promise<Picture> {
    const [allProducts, allOrders, allReservations, health] = await Promise.all([
      this.#client.products(),
      this.#client.orders(),
      this.#client.activeReservations(),
      this.#client.health(),
    ]);
    const [products, orders, reservations] = [readable(allProducts), readable(allOrders), readable(allReservations)];
    const now = this.#clock.now();
    const earlier = this.#state.picture?.reservations ?? [];
    return {
      products,
      names: new Map(products.data.map(({ sku, name }) => [sku, name])),
      orders,
      reservations: activeReservations({ reservations: reservations.data, orders: orders.data, earlier, now }),
      moreReservations: reservations.nextCursor !== null,
      health,
      readAt: now,
    };
  }

  #connectionAfter(error: unknown): Connection {
    if (error instanceof KeyNeeded) return { kind: "locked", refused: error.refused };
    if (!(error instanceof ServerAway)) throw error;
    this.#failures += 1;
    return { kind: "away", reason: error.message, retryAt: performance.now() + pollDelay(this.#failures) };
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const pollMs = 1000;
const awayMsMax = 10_000;

/** Milliseconds until the next round, after `failures` failed ones in a row. */
export function pollDelay(failures: number): number {
  if (failures === 0) return pollMs;
  return Math.min(awayMsMax, pollMs * 2 ** (failures - 1));
}
