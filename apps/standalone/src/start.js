import { enableCompileCache } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

// JavaScript, since for one module of TypeScript Node loads a compiler that it never lets go of: 12 MiB, in each thread. A second start finds
// all of them compiled in the system's temporary folder, and so do the threads of the database, by the environment.
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");
enableCompileCache();
await import("./main.ts");
