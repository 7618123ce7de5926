import type { RecordKind } from "../entities.ts";

/**
 * A stored record that fails its checks: someone edited it, a disk damaged it, or a later version wrote it. Reads return it in
 * the record's place, so that one bad record does not stop the others.
 */
export class Unreadable {
  readonly kind: RecordKind;
  /** The record's own key: an SKU, an order's id; of a stock level or a tally its `levelKey`, of a payment its
   * `paymentKey`, of a holding its `holderKey`. */
  readonly id: string;
  /** What is wrong with it. Never holds a value of the record. */
  readonly reason: string;
  /** The idempotency key that it was found by, or that it still shows. */
  readonly claimKey: string | undefined;

  constructor(kind: RecordKind, id: string, reason: string, claimKey?: string) {
    this.kind = kind;
    this.id = id;
    this.reason = reason;
    this.claimKey = claimKey;
  }
}

/** An entity as it was read, or why it could not be. */
export type Read<Entity> = Entity | Unreadable;

export function isReadable<Entity>(read: Read<Entity>): read is Entity {
  return !(read instanceof Unreadable);
}

/** How a snapshot names a record that it could not read: by its own key, and by the idempotency key that leads to it. */
export function recordKey(kind: RecordKind, id: string): string {
  return `${kind} ${id}`;
}

export function claimedKey(kind: RecordKind, claimKey: string): string {
  return `${kind} claimed by ${claimKey}`;
}
