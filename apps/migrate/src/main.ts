import process from "node:process";
import { runMigrate } from "./run-migrate.ts";

process.exitCode = await runMigrate(process.argv.slice(2), "pnpm migrate");
