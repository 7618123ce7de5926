import type { Order } from "./api.ts";
import { type StreamLine, streamMessages } from "./stream-line.ts";

export interface OrderStreamOptions {
  /** With a storefront's key: the `orderToken` of the order's placing. Needless where this client has placed it. */
  readonly orderToken?: string;
  /** Ends the stream without an error. */
  readonly signal?: AbortSignal;
}

export type OrderStream = AsyncGenerator<Order, void, undefined>;

/** An order as it is, and then as it becomes; once more as it is where the line broke. Throws as `streamMessages` does. */
export async function* orderStream(line: StreamLine, { signal }: OrderStreamOptions): OrderStream {
  for await (const { data } of streamMessages(line, { behind: undefined, signal })) yield JSON.parse(data) as Order;
}
