import type { Actor } from "@holdfast/domain";
import { type ApiKeys, type Clock, hashOfApiKey, looksLikeApiKey, Unavailable } from "@holdfast/engine";
import { anonymous, type Caller, callerWith, environmentCaller } from "./caller.ts";

/** What was read longer ago opens nothing: a key that was revoked elsewhere is out by then. */
const ageMsMax = 5_000;

/** What was read longer ago is read anew beside the requests, so that none of them waits for it. */
const renewMs = 2_500;

/** A key that is not known is looked for once more, unless the keys were read a moment ago. */
const unknownMs = 1_000;

/** How long requests wait for the keys. Nothing that they could do without the database takes as long. */
const readMsMax = 2_000;

/** After a read has failed, the next one waits for so long. Requests that come meanwhile fail at once. */
const againMs = 250;

export interface KeyRingParts {
  /** Names by key, from `API_KEYS`. */
  readonly environment: ReadonlyMap<string, Actor>;
  readonly apiKeys: ApiKeys;
  /** Whether everybody is let in while there has never been a key. */
  readonly mayBeOpen: boolean;
  readonly clock: Clock;
}

/** Who a key belongs to now; `undefined`: it opens nothing any more. See `KeyRing.callerOf`. */
export type Pass = () => Caller | undefined | Promise<Caller | undefined>;

interface Reading {
  readonly at: number;
  readonly callers: ReadonlyMap<string, Caller>;
  readonly everMade: boolean;
}

/**
 * Which keys open the door, close at hand: all that live, read whole, every few seconds at most.
 *
 * So the database is asked once a second at the very most, whatever keys callers make up, and memory holds the keys
 * that were made and nothing else. What a caller meets elsewhere takes effect here within `ageMsMax`.
 */
export class KeyRing {
  readonly #environment: ReadonlyMap<string, Caller>;
  readonly #apiKeys: ApiKeys;
  readonly #mayBeOpen: boolean;
  readonly #clock: Clock;
  /** Of the keys that the last reading let in, by their text: worked out once a reading, and not for each request. */
  readonly #hashes = new Map<string, string>();
  #last: Reading | undefined;
  #reading: Promise<Reading> | undefined;
  #changes = 0;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor({ environment, apiKeys, mayBeOpen, clock }: KeyRingParts) {
    this.#environment = new Map([...environment].map(([key, name]) => [key, environmentCaller(name)]));
    this.#apiKeys = apiKeys;
    this.#mayBeOpen = mayBeOpen && environment.size === 0;
    this.#clock = clock;
  }

  /**
   * Who a key belongs to; `undefined`: nobody who may come in. At once where the keys are at hand. Rejects with an
   * `Outage` where they cannot be read: nobody can tell then whether the key is right.
   */
  callerOf(key: string | undefined): ReturnType<Pass> {
    return this.passOf(key)();
  }

  /** What `callerOf` says of this key, again and again: to be asked by whatever goes on longer than a request should. */
  passOf(key: string | undefined): Pass {
    const fixed = key === undefined ? undefined : this.#environment.get(key);
    const hash = fixed === undefined ? this.#hashOf(key) : undefined;
    return () => fixed ?? this.#callerBy(hash);
  }

  /** Works the hash of a living key out once a reading. Those of other texts are not kept: callers may make up any number. */
  #hashOf(key: string | undefined): string | undefined {
    if (key === undefined || !looksLikeApiKey(key)) return undefined;
    const known = this.#hashes.get(key);
    if (known !== undefined) return known;
    const hash = hashOfApiKey(key);
    if (this.#last?.callers.has(hash)) this.#hashes.set(key, hash);
    return hash;
  }

  #callerBy(hash: string | undefined): ReturnType<Pass> {
    if (hash === undefined && !this.#mayBeOpen) return undefined;

    const last = this.#last;
    const ageMs = last === undefined ? Number.POSITIVE_INFINITY : this.#clock.now() - last.at;
    if (last === undefined || ageMs > ageMsMax) return this.#readAndFind(hash);
    if (hash !== undefined && !last.callers.has(hash) && ageMs > unknownMs) return this.#readAndFind(hash);
    if (ageMs > renewMs) this.#read().catch(() => {}); // whoever has to wait for it is told
    return this.#find(last, hash);
  }

  /** A key was made or revoked in this process: what was read before is worth nothing. */
  changed(): void {
    this.#changes += 1;
    this.#last = undefined;
    this.#hashes.clear();
    this.#reading = undefined;
  }

  #find({ callers, everMade }: Reading, hash: string | undefined): Caller | undefined {
    const caller = hash === undefined ? undefined : callers.get(hash);
    return caller ?? (this.#mayBeOpen && !everMade ? anonymous : undefined);
  }

  async #readAndFind(hash: string | undefined): Promise<Caller | undefined> {
    return this.#find(await this.#read(), hash);
  }

  #read(): Promise<Reading> {
    if (this.#reading !== undefined) return this.#reading;
    const reading = this.#readNow().finally(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    this.#reading = reading;
    return reading;
  }

  async #readNow(): Promise<Reading> {
    const at = this.#clock.now();
    if (at - this.#failedAt < againMs) throw new Unavailable("the API keys could not be read just now");
    const changes = this.#changes;
    try {
      const { keys, everMade } = await inTime(this.#apiKeys.live());
      const reading = { at, everMade, callers: new Map(keys.map((record) => [record.hash, callerWith(record)])) };
      if (changes !== this.#changes) return reading; // it may be from before the change
      this.#last = reading;
      this.#hashes.clear();
      return reading;
    } catch (error) {
      this.#failedAt = this.#clock.now();
      throw error;
    }
  }
}

async function inTime<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable("the API keys took too long to read")), readMsMax);
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
