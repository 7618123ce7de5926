import { runApiProcess } from "./api-process.ts";

await runApiProcess();
