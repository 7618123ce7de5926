import { once } from "node:events";
import { resolve } from "node:path";
import process from "node:process";
import { cannotStart, readEnvironment, stopSignal } from "@holdfast/runtime";
import { z } from "zod";
import { consoleLogger } from "./console-logger.ts";
import { edgeVariables } from "./edge-settings.ts";
import { serveEdge } from "./serve-edge.ts";

// `pnpm start:edge`: the Worker and its objects on this machine.

const localVariables = edgeVariables.safeExtend({
  /** Where the objects' databases are kept. */
  EDGE_FOLDER: z.string().default(".data/edge"),
});

/** An object has nothing to drain: what it has acknowledged is durable. */
const stopMsMax = 5_000;

try {
  const { PORT: port, EDGE_FOLDER, LOG_LEVEL } = readEnvironment(localVariables);
  const given = Object.keys(edgeVariables.shape).flatMap((name) => {
    const value = process.env[name];
    return value ? [[name, value] as const] : [];
  });
  const stop = stopSignal(consoleLogger(LOG_LEVEL), stopMsMax);
  const variables = { OPEN: "local", ...Object.fromEntries(given) };
  const edge = await serveEdge({ port, folder: resolve(EDGE_FOLDER), variables });
  console.log(`Holdfast is serving on ${edge.url}, each shop in a Durable Object; their data is in ${EDGE_FOLDER}`);
  if (!stop.aborted) await once(stop, "abort");
  await edge.stop();
  console.log("Holdfast has stopped.");
  process.exit(0);
} catch (error) {
  cannotStart("The edge", error);
}
