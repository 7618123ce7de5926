import type { EngineObserver, SeenCommit } from "./engine-observer.ts";
import { OutcomeUnknown, Unavailable } from "./outages.ts";
import { type Clock, systemClock } from "./ports/clock.ts";

/** For this long a commit that was written shows that the next one can be. */
const freshMs = 3_000;

/** Between two probes, however many ask. */
const probeEveryMs = 1_000;

/** A database that takes longer than this to write next to nothing cannot serve a checkout. */
const probeMsMax = 2_000;

const tooLong = "the database takes too long to write";

/** What the last commit or probe showed: what is wrong, if anything, and when. */
interface Seen {
  readonly at: number;
  readonly trouble: string | undefined;
}

/**
 * Whether the database can be written: by the last commits of an engine that it observes, and where there were none of late, by
 * a probe, once a second at most. A commit that fails counts at once, and until a later commit or probe goes well.
 */
export class WriteHealth implements EngineObserver {
  readonly #probe: () => Promise<void>;
  readonly #clock: Clock;
  #seen: Seen = { at: Number.NEGATIVE_INFINITY, trouble: undefined };
  #probing: Promise<string | undefined> | undefined;

  constructor(probe: () => Promise<void>, clock: Clock = systemClock) {
    this.#probe = probe;
    this.#clock = clock;
  }

  committed({ kind, wrote, reason }: SeenCommit): void {
    // Refusals and replays write nothing, and commits that lose to others say nothing of the database.
    if (wrote) this.#see(undefined);
    else if (kind !== "committed" && reason !== undefined) this.#see(reason);
  }

  shed(): void {}

  /** What is wrong, in words for callers; `undefined` where nothing is. Never rejects. */
  trouble(): Promise<string | undefined> {
    const { at, trouble } = this.#seen;
    const ageMs = this.#clock.now() - at;
    if (ageMs < (trouble === undefined ? freshMs : probeEveryMs)) return Promise.resolve(trouble);
    this.#probing ??= this.#probeInTime().finally(() => {
      this.#probing = undefined;
    });
    return this.#probing;
  }

  async #probeInTime(): Promise<string | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, probeMsMax, tooLong);
    });
    const began = this.#clock.now();
    const trouble = await Promise.race([this.#probe().then(() => undefined, troubleOf), late]);
    clearTimeout(timer);
    // A commit that has ended meanwhile shows more than that the probe behind it has not.
    if (trouble === tooLong && this.#seen.at >= began) return this.#seen.trouble;
    this.#see(trouble);
    return trouble;
  }

  #see(trouble: string | undefined): void {
    this.#seen = { at: this.#clock.now(), trouble };
  }
}

/** Other errors may hold addresses and paths. */
function troubleOf(error: unknown): string {
  const isOurs = error instanceof Unavailable || error instanceof OutcomeUnknown;
  return isOurs ? error.message : "the database cannot be written";
}

/** Forwards an engine's calls to several observers. */
export function observers(...all: readonly EngineObserver[]): EngineObserver {
  return {
    committed: (commit) => {
      for (const each of all) each.committed(commit);
    },
    shed: (reason) => {
      for (const each of all) each.shed(reason);
    },
  };
}
