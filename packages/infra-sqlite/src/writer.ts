import { type FoldRequest, FoldWriter } from "./fold-writer.ts";
import { LedgerTail } from "./ledger-tail.ts";
import { type KeyRequest, RowWriter, type WriteRequest, type Written } from "./row-writer.ts";
import type { SqlDatabase } from "./sql-database.ts";

/** Writes one batch after another. Never rejects. */
export interface Writer {
  write(request: WriteRequest): Promise<Written>;
  writeKey(request: KeyRequest): Promise<Written>;
  writeFold(request: FoldRequest): Promise<Written>;
  /** Writes a tiny probe, the same way as a batch. */
  probe(): Promise<Written>;
  close(): Promise<void>;
}

/** Writes on a connection of this thread, since a database in memory belongs to one connection. */
export function writerHere(db: SqlDatabase): Writer {
  const writer = new RowWriter(db);
  const folds = new FoldWriter(db);
  const tail = new LedgerTail(db);
  return {
    write: async (request) => {
      const written = writer.write(request);
      if (written.kind === "committed") tail.committed(request.id);
      return written;
    },
    writeKey: async (request) => writer.writeKey(request),
    writeFold: async (request) => folds.write(request),
    probe: async () => writer.probe(),
    close: async () => {},
  };
}
