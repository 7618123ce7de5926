import type { Subject } from "./command-module.ts";
import type { Event } from "./events.ts";
import type { Failure } from "./failures.ts";

/** What a rule says to a command. */
export type Decision =
  /** These events happen. Empty when the command had already taken effect: its subject is the answer once more. */
  | { readonly kind: "accepted"; readonly events: readonly Event[] }
  /** The idempotency key had made this already. */
  | { readonly kind: "replayed"; readonly subject: Subject }
  /** No. `recorded`: the command's subject has a record of it, made by these events or before, and is the answer too. */
  | {
      readonly kind: "refused";
      readonly failure: Failure;
      readonly events: readonly Event[];
      readonly recorded: boolean;
    };

export function accept(...events: readonly Event[]): Decision {
  return { kind: "accepted", events };
}

/** Nothing happens. */
export function refuse(failure: Failure): Decision {
  return { kind: "refused", failure, events: [], recorded: false };
}

/** The answer is no, and what was reported is kept. Without events: it had been kept before. */
export function refuseOnRecord(failure: Failure, ...events: readonly Event[]): Decision {
  return { kind: "refused", failure, events, recorded: true };
}
