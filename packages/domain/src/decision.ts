import type { Adjustment } from "./adjustment.ts";
import type { Claim } from "./claim.ts";
import type { Command } from "./commands.ts";
import type { Correction } from "./correction.ts";
import type { Event } from "./events.ts";
import type { Failure } from "./failures.ts";
import type { Order } from "./order.ts";
import type { Product } from "./product.ts";

/** What a command is about, and answers with: the entity as it is after it. */
export type SubjectOf<C extends Command> = C extends { type: "CreateProduct" }
  ? Product
  : C extends { type: "AdjustStock" }
    ? Adjustment
    : C extends { type: "CorrectStock" }
      ? Correction
      : Order;

export type Subject = SubjectOf<Command>;

/** What a rule says to a command. */
export type Decision =
  /** These events happen. None at all: it had happened before, and is told again. */
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

/** The answer is no, and what was reported is kept. No event at all: it had been kept before. */
export function refuseOnRecord(failure: Failure, ...events: readonly Event[]): Decision {
  return { kind: "refused", failure, events, recorded: true };
}

/** Answers a claimed key: the first answer again, or a refusal where the body differs. */
export function replay(claim: Claim, made: Subject & { readonly claim?: Claim }, firstAnswer: Subject): Decision {
  if (made.claim?.fingerprint !== claim.fingerprint) return refuse({ code: "idempotency_key_reused" });
  return { kind: "replayed", subject: firstAnswer };
}
