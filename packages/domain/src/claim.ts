/**
 * An `Idempotency-Key` claimed by what it created, in the same transaction.
 * It lives as a unique field of what it made, so it is kept as long as that is.
 */
export interface Claim {
  /** The caller's key, in the caller's own name space: `<api key name>:<Idempotency-Key>`. */
  readonly key: string;
  /** A hash of the request body. The same key with another fingerprint is a caller's mistake. */
  readonly fingerprint: string;
}
