/**
 * No answer of Holdfast's came in time, however often it was asked. What was asked for may have happened: ask again, with
 * `idempotencyKey` where the call has one. `cause` has the last error.
 */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  readonly idempotencyKey: string | undefined;

  constructor(message: string, idempotencyKey: string | undefined, cause: unknown) {
    super(message, { cause });
    this.idempotencyKey = idempotencyKey;
  }
}
