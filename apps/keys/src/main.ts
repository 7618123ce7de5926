import process from "node:process";
import { runKeys } from "./run-keys.ts";

process.exitCode = await runKeys(process.argv.slice(2), "pnpm keys");
