import type { Actor } from "@holdfast/domain";
import { type ApiKeys, type Clock, hashOfApiKey, looksLikeApiKey, Unavailable } from "@holdfast/engine";
import { anonymous, type Caller, callerWith, environmentCaller } from "./caller.ts";

/** Keys read longer ago are not trusted, so that a key revoked elsewhere is refused by then. */
const ageMsMax = 5_000;

/** Keys read longer ago are read again in the background, so that no request waits for it. */
const renewMs = 2_500;

/** For an unknown key, read the keys again, unless they were read this recently. */
const unknownMs = 1_000;

/** How long requests wait for the keys before they get a 503. */
const readMsMax = 2_000;

/** The pause after a failed read. Requests fail at once meanwhile. */
const againMs = 250;

export interface KeyRingParts {
  /** Names by key, from `API_KEYS`. */
  readonly environment: ReadonlyMap<string, Actor>;
  readonly apiKeys: ApiKeys;
  /** Whether to let everyone in as long as no key has ever been made. */
  readonly mayBeOpen: boolean;
  readonly clock: Clock;
}

/** What stands in for the hash of a key where a caller has none, while the API is open. */
export const hashOfNoKey = hashOfApiKey("");

/** The caller that a key belongs to now; `undefined` if it is not valid any more. See `KeyRing.callerOf`. */
export type Pass = () => Caller | undefined | Promise<Caller | undefined>;

interface Reading {
  readonly at: number;
  readonly callers: ReadonlyMap<string, Caller>;
  readonly everMade: boolean;
}

/**
 * The valid keys in memory: all of them, read as a whole every few seconds at most.
 *
 * So the database is asked once a second at most, whatever keys callers make up, and memory keeps only keys that were made. Changes
 * by another process take effect here within `ageMsMax`.
 */
export class KeyRing {
  readonly #environment: ReadonlyMap<string, Caller>;
  readonly #apiKeys: ApiKeys;
  readonly #mayBeOpen: boolean;
  readonly #clock: Clock;
  /** The callers of valid keys, by the key's text: computed once after each reading, not for each request. */
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
   * The caller that a key belongs to; `undefined` if the key is not valid. Not a promise if the keys are in memory. Rejects with an `Outage`
   * if they cannot be read, since it is unknown then whether the key is valid.
   */
  callerOf(key: string | undefined): ReturnType<Pass> {
    return this.passOf(key)();
  }

  /** Answers like `callerOf` for this key, as often as it is called: for whatever lasts longer than a normal request. */
  passOf(key: string | undefined): Pass {
    const fixed = key === undefined ? undefined : this.#environment.get(key);
    const hash = fixed === undefined ? this.#hashOf(key) : undefined;
    return () => fixed ?? this.#callerBy(hash);
  }

  /**
   * The pass of one of a caller's keys, found without the key: `isRight` knows its hash. `undefined` where none of them is. Rejects as
   * `callerOf` does.
   */
  async passBy(callerId: string, isRight: (keyHash: string) => boolean): Promise<Pass | undefined> {
    for (const [key, caller] of this.#environment) {
      if (caller.id === callerId && isRight(hashOfApiKey(key))) return () => caller;
    }
    if (callerId === anonymous.id) return isRight(hashOfNoKey) ? this.passOf(undefined) : undefined;
    const last = this.#last;
    const isFresh = last !== undefined && this.#clock.now() - last.at <= unknownMs;
    const { callers } = isFresh ? last : await this.#read();
    for (const [hash, { id }] of callers) if (id === callerId && isRight(hash)) return () => this.#callerBy(hash);
    return undefined;
  }

  /** Computes the hash of a valid key once after each reading. Hashes of other texts are not kept: callers may make up any number. */
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
    if (ageMs > renewMs) this.#read().catch(() => {}); // a caller who has to wait for it gets the error
    return this.#find(last, hash);
  }

  /** Forgets what was read, since a key was made or revoked in this process. */
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
