import { existsSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { serveThread } from "./thread.ts";

// A thread for tests. It opens where a file is there, doubles numbers, and dies when it is asked to.

await serveThread<number | "die", number>(() => {
  if (!existsSync(workerData as string)) throw Object.assign(new Error("no file"), { errcode: 14 });
  return {
    answer: (question) => {
      if (question === "die") process.exit(3);
      return question * 2;
    },
    close: () => {},
  };
});
