/** How one call is made. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. What was sent may have happened. */
  readonly signal?: AbortSignal;
  /** How long the call may take with all its tries. Milliseconds; the client's unless it is set. */
  readonly timeoutMs?: number;
  /** Of a call that creates. One is made for each call unless it is set; keep one of your own to ask again after a restart. */
  readonly idempotencyKey?: string;
  /**
   * Of a call that changes what was read: the `etag` of that read. Where someone else has changed it since, the call is refused. Left out, a
   * repeat, which the client sends when an answer is lost, may undo their change.
   */
  readonly ifMatch?: string;
  /** With a storefront's key, of a call about an order: the `orderToken` of its placing. Needless where this client has placed it. */
  readonly orderToken?: string;
  /** Of a call that has a dry run: only says what would come of it. */
  readonly dryRun?: boolean;
}
