import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FailingDisk, failingDisk, type SmallDisk, smallDisk } from "@holdfast/test-services";
import { databaseIn, startChaosStandalone } from "./chaos-standalone.ts";
import type { RestartableApp } from "./restartable-app.ts";

/** A standalone whose disk can be broken and repaired. */
export interface ChaosDisk {
  readonly app: RestartableApp;
  readonly databasePath: string;
  readonly failing: FailingDisk;
  /** The disk with the database; absent if this process may not mount one. */
  readonly small: SmallDisk | undefined;
  stop(): Promise<void>;
}

/** Enough for all orders of a run and a long log. */
const smallDiskMegabytes = 512;

/** Needs Linux and a C compiler. The small disk needs root as well. */
export async function startChaosDisk(): Promise<ChaosDisk> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-chaos-"));
  const shop = join(folder, "shop");
  mkdirSync(shop);
  const small = await smallDisk(shop, smallDiskMegabytes).catch(() => undefined);
  const remove = async () => {
    await small?.remove();
    rmSync(folder, { recursive: true });
  };
  try {
    const failing = await failingDisk(folder);
    const app = await startChaosStandalone(shop, failing.env);
    return {
      app,
      databasePath: databaseIn(shop),
      failing,
      small,
      async stop() {
        await app.stop().finally(remove);
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
