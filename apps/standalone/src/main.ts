import { enableCompileCache } from "node:module";

// Before anything else is loaded: a second start reads compiled code from the system's temporary folder.
enableCompileCache();
await import("./run-standalone.ts");
