import { DatabaseSync } from "node:sqlite";

/** Locks a SQLite file against writing, as another program on it would, until the returned function is called. */
export function lockFile(path: string): () => void {
  const other = new DatabaseSync(path, { timeout: 5_000 });
  other.exec("BEGIN EXCLUSIVE");
  return () => other.close();
}
