import { setFlagsFromString } from "node:v8";

// Before anything else is loaded, which makes much that stays. V8 would take 16 MB more for it and keep them; `runStandalone` lets it do so
// once there is work.
setFlagsFromString("--semi-space-growth-factor=1");
const { runStandalone } = await import("./run-standalone.ts");
await runStandalone();
