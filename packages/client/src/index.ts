export type { Answer, Answered, CallName, Refusal } from "./answered.ts";
export type * from "./api.ts";
export type { CallOptions } from "./call-options.ts";
export { each } from "./each.ts";
export type { EventStream, StreamedEvent, StreamOptions } from "./event-stream.ts";
export { type Call, type ClientOptions, type HoldfastClient, holdfastClient } from "./holdfast-client.ts";
export { Refused } from "./refused.ts";
export { Unreachable } from "./unreachable.ts";
