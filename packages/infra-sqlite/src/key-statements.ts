/** The statements that write API keys, one a transaction. Each changes one row, or none if it does not apply any more. */
export const keyStatements = {
  insertKey: "INSERT INTO api_keys (id, claim_key, sole_name, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  revokeKey: `UPDATE api_keys SET revoked_at = ?1, sole_name = NULL, 
    body = iif(json_valid(body), json_set(body, '$.revokedAt', ?1), body)
    WHERE id = ?2 AND revoked_at IS NULL`,
} as const satisfies Record<string, string>;
