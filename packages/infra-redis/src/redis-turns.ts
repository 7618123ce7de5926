import type { OutageLog, Turn, Turns } from "@holdfast/engine";
import type { Redis } from "ioredis";
import { answerWithin } from "./answer-within.ts";

/** Whoever waits longer commits out of turn. Several slow batches long, and short for a shopper. */
const waitMsMax = 1_000;

/** A turn that is not given back by then is anybody's: its process has died, or its batch is very slow. */
const turnMsMax = 2_000;

/** How long a request for turns stands. */
const requestMs = 1_000;

/** Between two looks for a request. */
const lookEveryMs = 50;

/**
 * Purpose: makes the token where there is none, as at first, or after the turn of a process that died.
 * KEYS: free, taken. ARGV: turnMsMax.
 */
const restore = `
if redis.call("EXISTS", KEYS[1], KEYS[2]) == 0 then redis.call("RPUSH", KEYS[1], "token")
elseif redis.call("PTTL", KEYS[2]) == -1 then redis.call("PEXPIRE", KEYS[2], ARGV[1]) end`;

/**
 * Purpose: begins a turn that has just been got, or does nothing to that of another.
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
 * Turns as one token in Redis: it lies in the list `free`, or in the list `taken`, which expires. Whoever wants it waits in a
 * blocking move, which Redis serves in the order of asking. Should there ever be two tokens, or none for a while, then
 * processes commit at the same time, as they would without turns.
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
    // One after the other on one connection: the last is run when the move has ended, without another way there and back.
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
