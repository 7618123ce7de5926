import type { Subject } from "./command-module.ts";
import { type Command, claimedBy, claimOf, moduleOf } from "./commands.ts";
import { type Decision, refuse } from "./decision.ts";
import type { Instant } from "./ids.ts";
import type { Snapshot } from "./snapshot.ts";
import { unreadableFor } from "./unreadable-reads.ts";

/**
 * The rules of the game: what happens when this is asked, now, in this state.
 *
 * Pure: it reads no clock, draws no random number and changes nothing. `snapshot` has all that the command reads. Where
 * one of those records could not be read, the command is refused before its rule runs; where an idempotency key has made
 * something already, that is answered again.
 */
export function decide(snapshot: Snapshot, command: Command, now: Instant): Decision {
  const record = unreadableFor(snapshot, command);
  if (record !== undefined) {
    return refuse({ code: "record_unreadable", kind: record.kind, id: record.id, reason: record.reason });
  }
  return replayed(snapshot, command) ?? moduleOf(command).decide(snapshot, command, now);
}

/** The first answer again, or a refusal where it was asked otherwise; `undefined` where the key has made nothing yet. */
function replayed(snapshot: Snapshot, command: Command): Decision | undefined {
  const claim = claimOf(command);
  if (claim === undefined) return undefined;
  const made = snapshot.claims[claimedBy(command)].get(claim.key);
  if (made === undefined) return undefined;
  if (made.claim?.fingerprint !== claim.fingerprint || isOfAnother(made, command))
    return refuse({ code: "idempotency_key_reused" });
  const { firstAnswer, keyMakes } = moduleOf(command);
  if (keyMakes === undefined) return { kind: "replayed", subject: firstAnswer?.(made) ?? (made as Subject) };
  const subject = keyMakes.answer(made as never, snapshot, command);
  return subject && { kind: "replayed", subject };
}

/** Whether what a key has made belongs to another order or transfer than the one asked about. A fingerprint is of the body alone. */
function isOfAnother(made: object, command: Command): boolean {
  return (["orderId", "transferId"] as const).some((of) => {
    const owner = (made as { readonly [name in typeof of]?: string })[of];
    return (
      owner !== undefined &&
      of in command &&
      (command as object as { readonly [name in typeof of]: string })[of] !== owner
    );
  });
}
