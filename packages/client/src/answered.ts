import type { Calls } from "./api.ts";

/** The name of a call, as the API's document has it: `orders.place`. */
export type CallName = keyof Calls;

/** A call that went well. */
export interface Answer<Value> {
  readonly ok: true;
  readonly code?: undefined;
  readonly value: Value;
  /** An earlier request with the same idempotency key had done it already. */
  readonly replayed: boolean;
  /** Of one thing that can be changed: names the state that it was answered in. Send it as `ifMatch` with the change. */
  readonly etag?: string;
}

/** A call that was refused: go by `code`. */
export type Refusal<Problem> = { readonly ok: false } & Problem;

/** What a call resolves with. */
export type Answered<Name extends CallName> = Answer<Calls[Name]["answer"]> | Refusal<Calls[Name]["problem"]>;
