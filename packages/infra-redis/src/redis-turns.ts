import type { OutageLog, Turn, Turns } from "@holdfast/engine";
import type { Redis } from "ioredis";
import { answerWithin } from "./answer-within.ts";

/** A process that waits longer commits out of turn. As long as several slow batches, and short for a shopper. */
const waitMsMax = 1_000;

/** A turn that takes longer is given away: its process has died, or its batch is very slow. */
const turnMsMax = 2_000;

/** How long a request for turns stands. */
const requestMs = 1_000;

/** Between two looks for a request. */
const lookEveryMs = 50;

/**
 * Purpose: makes the token if there is none, as at first, or after a process died during its turn.
 * KEYS: free, taken. ARGV: turnMsMax.
 */
const restore = `
if redis.call("EXISTS", KEYS[1], KEYS[2]) == 0 then redis.call("RPUSH", KEYS[1], "token")
elseif redis.call("PTTL", KEYS[2]) == -1 then redis.call("PEXPIRE", KEYS[2], ARGV[1]) end`;

/**
 * Purpose: begins the turn just taken, or does nothing if another process has begun it.
 * KEYS: taken, count. ARGV: turnMsMax. Outcome: the turn's number.
 */
const begin = `
if redis.call("PTTL", KEYS[1]) ~= -1 then return 0 end
redis.call("PEXPIRE", KEYS[1], ARGV[1])
return redis.call("INCR", KEYS[2])`;

/** Purpose: ends a turn, unless its time has run out already. KEYS: free, taken. */
const end = `
if redis.call("DEL", KEYS[2]) == 1 then redis.call("RPUSH", KEYS[1], "token") end`;

/**
 * Turns as one token in Redis: it is in the list `free`, or in the list `taken`, which expires. A process waits for it in a blocking
 * move, which Redis serves in the order of asking. With two tokens, or none for a while, processes commit at the same time, as they
 * would without turns.
 */
export class RedisTurns implements Turns {
  readonly #redis: Redis;
  readonly #waiting: Redis;
  readonly #log: OutageLog;
  readonly #free: string;
  readonly #taken: string;
  readonly #count: string;
  readonly #request: string;
  #requested = false;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `waiting`: a connection that nothing else uses, since it blocks. */
  constructor(redis: Redis, waiting: Redis, prefix: string, log: OutageLog) {
    this.#redis = redis;
    this.#waiting = waiting;
    this.#log = log;
    this.#free = `${prefix}:turn:free`;
    this.#taken = `${prefix}:turn:taken`;
    this.#count = `${prefix}:turn:count`;
    this.#request = `${prefix}:turn:wish`;
  }

  async take(): Promise<Turn | undefined> {
    if (this.#waiting.status === "wait") this.#waiting.connect().catch(() => {});
    if (this.#redis.status !== "ready" || this.#waiting.status !== "ready") return undefined;
    // One pipeline: the last script runs when the move has ended, without another round trip.
    const asked = this.#waiting
      .pipeline()
      .eval(restore, 2, this.#free, this.#taken, turnMsMax)
      .blmove(this.#free, this.#taken, "LEFT", "RIGHT", waitMsMax / 1_000)
      .eval(begin, 2, this.#taken, this.#count, turnMsMax)
      .exec();
    const results = await answerWithin(asked, 2 * waitMsMax);
    const failed = results?.find(([error]) => error !== null);
    if (failed) this.#log.failed({ what: "turn", err: failed[0] });
    const [, moved, begun] = results?.map(([, value]) => value) ?? [];
    return moved === "token" ? { number: Number(begun), done: () => this.#end() } : undefined;
  }

  request(): void {
    this.#send(this.#redis.set(this.#request, "", "PX", requestMs));
  }

  get requested(): boolean {
    const now = performance.now();
    if (now - this.#lookedAt >= lookEveryMs) {
      this.#lookedAt = now;
      this.#send(this.#look());
    }
    return this.#requested;
  }

  async #look(): Promise<void> {
    this.#requested = false; // unless Redis says so
    this.#requested = (await this.#redis.exists(this.#request)) === 1;
  }

  #end(): void {
    this.#send(this.#redis.eval(end, 2, this.#free, this.#taken));
  }

  #send(sent: Promise<unknown>): void {
    sent.catch((error: unknown) => this.#log.failed({ what: "turn", err: error }));
  }
}
