/** The promises that an audit checks. */
export const auditRules = {
  "stock numbers": "available = total - reserved - committed - safety, nothing below zero, product = sum of its levels",
  "orders against stock":
    "reserved = lines of unpaid orders, committed = lines of paid orders, less what has left or was cancelled",
  "reservations against orders": "each order has its one reservation, in the status and with the lines that fit",
  "ledger without a gap": "versions count 1, 2, 3 ... up to the level's own",
  "ledger adds up": "each movement's balances = those before + its change, never oversold, the last = the level",
  "ledger against orders": "each order was held once, ended at most once, and moved what its status says",
  "never early": "no reservation expired before its time",
  reconciliation: "/v1/reconciliation finds no drift",
  explained: "what explains a level adds up to its numbers, and all of it can be read",
  "one order per key": "no key made two orders, and no list names an order twice",
  "as the shoppers saw it": "the API lists exactly the orders that were acknowledged",
  payments:
    "every payment that was reported is on its order once; a paid order was sold by one of them, no other by any",
  money:
    "what was paid for an order is sold, refunded or due back: as it says, as its events add up to, and as its lines cost",
  "feed without a gap": "positions count 1, 2, 3 ... and the events of each commit 0, 1, 2 ...: each event once",
  "feed against orders": "each order's events are in the feed, in an order that can be, and lead to what it is",
  "feed against low stock":
    "each crossing of a level's threshold is in the feed once, with figures that fit, and the last is so",
  "no leak": "every reservation that ran out gave its stock back",
} as const;

export type AuditRule = keyof typeof auditRules;

/** One instance of a broken promise. */
export interface Breach {
  readonly rule: AuditRule;
  readonly says: string;
}
