/** What `--help` says. */
export const usage = `Copies the database to a file, and puts it back.

  pnpm backup FILE [--force]
      Writes the database, as it is at one moment, to FILE, also while Holdfast runs. FILE is there when it is
      whole and checked, and not before. --force replaces a FILE that is there.

  pnpm restore FILE [--force]
      Puts FILE in the place of a database that no process uses. On SQLite --force keeps the database that is there
      under another name; on MongoDB the database must be empty. The feed begins anew: see docs/runbook.md.

  pnpm restore --new-epoch
      Only begins a new feed, in a database that was put back by other means. Stop every process first.

The database is DATABASE_URL (file:.data/holdfast.db unless it is set; .env is read). A backup is put back into the same kind of
database that it was made of.`;
