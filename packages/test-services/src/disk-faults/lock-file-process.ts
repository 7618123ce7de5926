import { DatabaseSync } from "node:sqlite";

// Runs as its own process, started by locked-file.ts: it holds a lock on the file until it is killed.

const waitMsMax = 30_000;

const [path = ""] = process.argv.slice(2);
const db = new DatabaseSync(path, { timeout: waitMsMax });
db.exec("BEGIN EXCLUSIVE");
console.log("locked");
setInterval(() => db.isTransaction, waitMsMax);
