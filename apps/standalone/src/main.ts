import { enableCompileCache } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

// Before anything else is loaded: a second start reads compiled code from the system's temporary folder. The threads of the database find
// it by the environment; each would otherwise load a compiler of its own, 60 MB all together.
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");
enableCompileCache();
// Loading makes much that stays. V8 would take 16 MB more for it and keep them; `runStandalone` lets it do so once there is work.
setFlagsFromString("--semi-space-growth-factor=1");
const { runStandalone } = await import("./run-standalone.ts");
await runStandalone();
