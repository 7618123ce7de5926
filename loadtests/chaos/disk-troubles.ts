import { setTimeout as wait } from "node:timers/promises";
import { type DiskFault, leaveNoDescriptor, lockFile } from "@holdfast/test-services";
import type { ChaosDisk } from "./chaos-disk.ts";
import { BrokenPromise, untilNotReady, untilReady } from "./readiness.ts";
import type { Trouble } from "./troubles.ts";

/** Repairs it. */
type Mend = () => void | Promise<void>;

/** A fault of the disk that lasts for a while. */
interface Outage {
  readonly name: string;
  /** The minimum duration. It also lasts until `/readyz` has said what is wrong. */
  readonly ms: number;
  readonly begin: () => Mend | Promise<Mend>;
  /** What `/readyz` must say meanwhile; absent if connected clients can still buy. */
  readonly says?: RegExp;
}

/** Longer than the two seconds that a batch waits for a lock. */
const notReadyMsMax = 8_000;
/** Longer than the two seconds after which a thread that has ended is started again. */
const readyMsMax = 8_000;
/** The limit for the log of a whole run: logging a failing disk must not fill it. */
const logBytesMax = 100_000;
const killsWhileSyncsFail = 4;

const locked = /another program has locked its file/;
const full = /its disk is full/;
const fails = /its disk fails/;
/** The reason depends on which page SQLite cannot read. */
const readFails = /its disk fails|its file is damaged/;

/** Every way in which a disk can fail a running process, each for `ms`. */
export function diskTroubles(shop: ChaosDisk, ms = 3_000, longMs = 8_000): Trouble[] {
  const { app, databasePath, failing, small } = shop;
  const lock = () => lockFile(databasePath);
  const fail = (fault: DiskFault) => () => failing.fail(fault);
  const outages: readonly Outage[] = [
    { name: `another program locks the file for ${ms / 1_000} s`, ms, begin: lock, says: locked },
    { name: `the same for ${longMs / 1_000} s`, ms: longMs, begin: lock, says: locked },
    ...(small === undefined ? [] : [{ name: "the disk is full", ms, begin: () => small.fill(), says: full }]),
    { name: "no write finds room", ms, begin: fail("full"), says: full },
    { name: "each write fails", ms, begin: fail("write"), says: fails },
    { name: "each sync fails", ms, begin: fail("sync"), says: fails },
    { name: "each read fails", ms, begin: fail("read"), says: readFails },
    { name: "no file descriptor is left", ms, begin: () => leaveNoDescriptor(app.pid) },
    {
      name: "all of this at once",
      ms,
      says: /cannot be/,
      async begin() {
        const mends = [await lock(), await leaveNoDescriptor(app.pid)];
        const faults = (["full", "sync", "read"] as const).map((fault) => failing.fail(fault));
        return async () => {
          for (const mend of [...faults, ...mends]) await mend();
        };
      },
    },
  ];
  return [
    ...outages.map((outage) => ({ name: outage.name, make: () => outlive(shop, outage) })),
    { name: "each sync fails, and then kill -9", make: () => killWhileSyncsFail(shop, ms) },
  ];
}

/** Breaks the disk for a while. The same process must report it, and sell again afterwards. */
async function outlive({ app }: ChaosDisk, outage: Outage): Promise<void> {
  const { pid } = app;
  let fault: unknown;
  await breakAndMend(app.url, outage).catch((error: unknown) => {
    fault = error;
  });
  if (!app.running || app.pid !== pid) {
    await app.start();
    throw new BrokenPromise(`${outage.name}: the process has ended`);
  }
  if (fault instanceof BrokenPromise) throw new BrokenPromise(`${outage.name}: ${fault.message}`);
  if (fault !== undefined) throw fault;
  if (app.logBytes > logBytesMax) throw new BrokenPromise(`the log grew to more than ${logBytesMax} bytes`);
}

async function breakAndMend(url: string, { ms, begin, says }: Outage): Promise<void> {
  await untilReady(url, readyMsMax);
  const mend = await begin();
  try {
    await Promise.all([wait(ms), says && untilNotReady(url, says, notReadyMsMax)]);
  } finally {
    await mend();
  }
  await untilReady(url, readyMsMax);
}

/**
 * A commit whose sync failed may come to life when the next process reads the log. Only the last such commit does, and it may be of a
 * shopper who tries again anyway, so do this several times.
 */
async function killWhileSyncsFail({ app, failing }: ChaosDisk, ms: number): Promise<void> {
  for (let kill = 0; kill < killsWhileSyncsFail; kill += 1) {
    const mend = failing.fail("sync");
    try {
      await wait(ms / killsWhileSyncsFail);
      await app.kill();
    } finally {
      mend();
    }
    await app.start();
    await untilReady(app.url, readyMsMax);
  }
}
