import type { ShownOrder } from "@holdfast/domain";
import { orderSchema, present } from "@holdfast/http-contract";
import type { Pass } from "../key-ring.ts";
import { orderView } from "../order-view.ts";
import { shoppersOrderView } from "../views.ts";
import { SentStream } from "./sent-stream.ts";

/** One reader's stream of one order. A reader who is slower than the order changes gets its last state, and not those between. */
export class OrderStream {
  readonly sent: SentStream;
  readonly #pass: Pass;
  #newest: ShownOrder | undefined;
  #seen: number | undefined;

  constructor(pass: Pass, gone: () => void) {
    this.#pass = pass;
    this.sent = new SentStream(pass, { pulled: () => this.#send(), gone });
  }

  /** Sends the order, unless the reader has seen it so. */
  show(order: ShownOrder): void {
    this.#newest = order;
    this.#send();
  }

  #send(): void {
    const order = this.#newest;
    if (order === undefined || order.version === this.#seen || !this.sent.ready) return;
    const caller = this.#pass();
    // A key that has to be read again is checked by the next tick, and the order waits until then.
    if (caller instanceof Promise) caller.then(() => this.#send()).catch(() => {});
    else if (caller === undefined) this.sent.lockOut();
    else {
      this.#seen = order.version;
      const shown = present(orderSchema, orderView(shoppersOrderView(order)));
      this.sent.send(Buffer.from(`data: ${JSON.stringify(shown)}\n\n`));
    }
  }
}
