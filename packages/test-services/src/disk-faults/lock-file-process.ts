import { DatabaseSync } from "node:sqlite";

// Runs as its own process, started by locked-file.ts: another program on the file, which is killed to let go.

const waitMsMax = 30_000;

const [path = ""] = process.argv.slice(2);
const db = new DatabaseSync(path, { timeout: waitMsMax });
db.exec("BEGIN EXCLUSIVE");
console.log("locked");
setInterval(() => db.isTransaction, waitMsMax);
