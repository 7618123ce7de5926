import { startSmall } from "@holdfast/runtime/v8-flags";

startSmall();
const { runStandalone } = await import("./run-standalone.ts");
await runStandalone();
