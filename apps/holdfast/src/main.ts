#!/usr/bin/env node
import module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { startSmall } from "@holdfast/runtime/v8-flags";

// Before anything else is loaded: a second start reads compiled code from the system's temporary folder. The threads of a served database
// find it by the environment. Node 20 cannot.
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");
module.enableCompileCache?.();
startSmall();
const { runHoldfast } = await import("./run-holdfast.ts");
process.exitCode = await runHoldfast(process.argv.slice(2));
