import { type EventLoopUtilization, performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import type { EngineObserver } from "@holdfast/engine";
import type { Job, Rest } from "@holdfast/scheduler";

/** Between two looks. */
const lookMs = 1_000;

/** How many looks in a row must find it quiet. Clients that come back within a second or two are still of the same burst. */
const quietLooksMin = 2;

/** It is quiet where it worked for less of the time than this. Two thousand idle streams take 0.01. */
const quietShareMax = 0.03;

/** Less growth than this is not worth a pause. */
const growthBytesMin = 4_000_000;

/** What it asks of the thread that it runs on, and has it do. */
export interface QuietCollectionParts {
  /** The share of the time since the last question in which the thread worked. */
  readonly busyShare: () => number;
  /** How much room V8 has made for objects. */
  readonly heapBytes: () => number;
  /** Collects all garbage, and gives its memory back to the system. */
  readonly collect: () => void;
}

/**
 * Collects garbage once it is quiet after a burst, for example of streams that were opened. V8 alone keeps what it grew by until there is
 * work again. A collection stops the thread for 50 to 150 ms, so it waits until nothing is asked and no order comes, and rests long after it.
 */
export class QuietCollection implements Job {
  readonly name = "quiet_collection";
  readonly restFactor = 19;
  readonly #parts: QuietCollectionParts;
  #committed = false;
  #quietLooks = 0;
  /** The smallest heap since the last collection. */
  #leastBytes = Number.POSITIVE_INFINITY;

  constructor(parts: QuietCollectionParts) {
    this.#parts = parts;
  }

  /** Sees orders, of which few a second keep no thread busy. */
  readonly observer: EngineObserver = {
    committed: () => {
      this.#committed = true;
    },
    shed: () => {},
  };

  async work(): Promise<Rest> {
    const { busyShare, heapBytes, collect } = this.#parts;
    const isQuiet = busyShare() < quietShareMax && !this.#committed;
    this.#committed = false;
    this.#quietLooks = isQuiet ? this.#quietLooks + 1 : 0;
    const bytes = heapBytes();
    this.#leastBytes = Math.min(this.#leastBytes, bytes);
    if (this.#quietLooks >= quietLooksMin && bytes >= this.#leastBytes + growthBytesMin) {
      collect();
      this.#leastBytes = heapBytes();
      busyShare(); // without what this took
    }
    return { restMs: lookMs };
  }
}

/** What a collection asks of this thread. */
export function thisThread(): Pick<QuietCollectionParts, "busyShare" | "heapBytes"> {
  let before: EventLoopUtilization | undefined;
  return {
    busyShare: () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
    heapBytes: () => getHeapStatistics().total_heap_size,
  };
}
