import { scopes } from "@holdfast/http-contract";

/** What `--help` says. */
export const usage = `Makes, lists and revokes API keys, also while Holdfast runs on the same database.

  pnpm keys create --name NAME --scopes SCOPE,SCOPE [--rate-limit N] [--rotate]
      Makes a key, and shows it this once. NAME is who its requests act as in the ledger, and owns their idempotency
      keys: a-z 0-9 -, at most 40. With --rotate it may be the name of a key that lives: both are one actor then, and
      you revoke the old one when its caller has the new one.
      N is its requests a second, 0 for as many as come; RATE_LIMIT_PER_SECOND if left out.
  pnpm keys list
      Lists keys, newest first, revoked ones too.
  pnpm keys revoke KEY_ID
      Revokes a key, for good. Running processes turn it away within 5 seconds.

SCOPE is one of ${scopes.join(", ")}.
admin may do everything; no other scope includes another one.

The database is DATABASE_URL, from the environment or .env: file:... (default file:.data/holdfast.db) or mongodb://...

Ends with 0 if it did it, 1 if it could not, 2 if it was asked in a way that it does not understand.`;
