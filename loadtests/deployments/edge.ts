import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, spawnNode } from "@holdfast/test-services";
import { type Deployment, loadKey, quiet, withLoadKey } from "./deployment.ts";

/** Starts `pnpm start:edge` on a folder that is removed when it stops: one shop in a Durable Object. */
export async function startEdge({ env = {} }: { env?: Readonly<Record<string, string>> } = {}): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-load-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const port = await freePort();
    const app = await spawnNode({
      entry: "apps/edge/src/run-edge.ts",
      env: {
        ...quiet,
        ...withLoadKey,
        PORT: String(port),
        EDGE_FOLDER: folder,
        FEED_READERS_PER_KEY_MAX: "0", // one key stands for the keys of many readers
        ...env,
      },
      readyUrl: `http://127.0.0.1:${port}/readyz`,
    });
    return {
      urls: [app.url],
      apiKey: loadKey,
      stop: () =>
        app
          .stop()
          .finally(remove)
          .then(() => {}),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
