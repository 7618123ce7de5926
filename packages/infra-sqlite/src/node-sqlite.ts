import process from "node:process";
import type { DatabaseSync as Connection } from "node:sqlite";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

// An import would fail first on a Node that has no `node:sqlite`, and say only that a module is missing.
if (major < 22 || (major === 22 && minor < 16)) {
  throw new Error(`Holdfast's SQLite store needs Node 22.16 or later; this is Node ${process.versions.node}`);
}

/** `DatabaseSync` of `node:sqlite`. */
export const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
export type DatabaseSync = Connection;
