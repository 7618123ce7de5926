import { type Read, Unreadable } from "@holdfast/domain";

/**
 * Why a command got no answer from the rules. Thrown, never returned; the caller may send the very same command
 * again, with the same ids and idempotency key. The message is for callers: no path, no address, no secret. The cause is
 * for the log.
 */
export class Outage extends Error {
  override readonly name: string = "Outage";
}

/** Shed before it was decided: the queue was full, or it had waited past its deadline. Nothing was written. */
export class Overloaded extends Outage {
  override readonly name = "Overloaded";
}

/** The store could not be reached, read or written in time. Nothing was written. */
export class Unavailable extends Outage {
  override readonly name = "Unavailable";
}

/** The commit's answer was lost. It is written whole or not at all; the idempotency key settles which. */
export class OutcomeUnknown extends Outage {
  override readonly name = "OutcomeUnknown";
}

/** The one record that was asked for cannot be read. All others can. It stays so until someone repairs the record. */
export class RecordUnreadable extends Outage {
  override readonly name = "RecordUnreadable";
  readonly record: Unreadable;

  constructor(record: Unreadable) {
    super(`${record.kind} ${record.id} cannot be read: ${record.reason}`);
    this.record = record;
  }
}

/** Unwraps the read of a single entity. Throws `RecordUnreadable`. */
export function readable<Entity>(read: Read<Entity>): Entity {
  if (read instanceof Unreadable) throw new RecordUnreadable(read);
  return read;
}
