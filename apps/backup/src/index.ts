export { runBackup } from "./run-backup.ts";
