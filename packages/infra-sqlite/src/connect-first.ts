import type { DatabaseSync } from "node:sqlite";
import { type ConnectOptions, connect } from "./connect.ts";
import { type SetUpOptions, setUpFile } from "./set-up-file.ts";

/** `connect`, for the first connection of a process: makes the file and its tables where they are missing, or migrates them. */
export function connectFirst(path: string, options: ConnectOptions & SetUpOptions): DatabaseSync {
  const db = connect(path, options);
  try {
    setUpFile(db, path, options);
  } catch (error) {
    db.close(); // and rolls back
    throw error;
  }
  return db;
}
