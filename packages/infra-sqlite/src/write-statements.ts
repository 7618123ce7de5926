/**
 * Every statement that a batch is written with, in the order in which they run. Updates name the version that was read, and a
 * holding's its units: each changes one row, or the batch was decided on something that is no longer so.
 */
export const writeStatements = {
  insertProduct: "INSERT INTO products (sku, claim_key, body) VALUES (?, ?, ?)",
  insertLevel: "INSERT INTO levels VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  updateLevel: `UPDATE levels SET version = ?, total_stock = ?, reserved_stock = ?, committed_stock = ?,
    safety_stock = ?, journal_id = ? WHERE sku = ? AND location_id = ? AND version = ?`,
  insertOrder: "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  insertLine: "INSERT INTO order_lines VALUES (?, ?, ?, ?)",
  updateOrder: "UPDATE orders SET version = ?, status = ?, expires_at = ?, body = ? WHERE id = ? AND version = ?",
  insertUnsold: "INSERT INTO unsold_outcomes VALUES (?, ?)",
  deleteUnsold: "DELETE FROM unsold_outcomes WHERE outcome = ? AND order_id = ?",
  insertAdjustment: "INSERT INTO adjustments VALUES (?, ?, ?, ?, ?, ?)",
  insertHolding: "INSERT INTO holdings VALUES (?, ?)",
  updateHolding: "UPDATE holdings SET units = ? WHERE holder = ? AND units = ?",
  deleteHolding: "DELETE FROM holdings WHERE holder = ? AND units = ?",
  insertCorrection: "INSERT INTO corrections VALUES (?, ?, ?)",
  insertEntry: "INSERT INTO journal (id, body) VALUES (?, ?)",
  insertEntrySku: "INSERT INTO journal_skus VALUES (?, ?, ?)",
} as const satisfies Record<string, string>;

export type StatementName = keyof typeof writeStatements;

export const statementNames = Object.keys(writeStatements) as readonly StatementName[];

/** What API keys are written with, one statement a transaction. Each changes one row, or does not apply any more. */
export const keyStatements = {
  insertKey: "INSERT INTO api_keys (id, claim_key, sole_name, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  revokeKey: `UPDATE api_keys SET revoked_at = ?1, sole_name = NULL, 
    body = iif(json_valid(body), json_set(body, '$.revokedAt', ?1), body)
    WHERE id = ?2 AND revoked_at IS NULL`,
} as const satisfies Record<string, string>;
