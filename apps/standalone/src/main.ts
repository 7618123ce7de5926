import { startSmall } from "./small-start.ts";

startSmall();
const { runStandalone } = await import("./run-standalone.ts");
await runStandalone();
