import type { ReservationId } from "@holdfast/domain";
import type { OutageLog, ReservationCache, ReservationRecord } from "@holdfast/engine";
import type { Redis } from "ioredis";
import { answerWithin } from "./answer-within.ts";
import { decodeReservation, encodeReservation } from "./reservation-codec.ts";

/** A look-up that takes longer is slower than asking the store. */
const lookUpMsMax = 150;

/** Commands under way at most; further hints are dropped. A Redis that keeps up has less than a hundredth of it waiting. */
const commandsUnderWayMax = 20_000;

/**
 * How long the mark of a dropped reservation stays. It has to outlast every note of the same reservation that is still on its way:
 * in another process, or in the socket of a connection that broke while Redis was frozen.
 */
const droppedMarkMs = 30_000;

/** The mark of a dropped reservation. */
const droppedMark = "";

/**
 * Live reservations in Redis: one key each, gone by itself at `expiresAt`.
 *
 * A reservation is written only where no key exists (`NX`), and a mark overwrites one that has ended or changed, so that it stays dropped in whatever
 * order the two arrive, also from two processes. If the mark is lost because Redis is out of reach, the reservation is shown as it was until its
 * `expiresAt` at the latest. That decides nothing, since every rule reads the store.
 */
export class RedisReservationCache implements ReservationCache {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #log: OutageLog;
  #underWay = 0;

  constructor(redis: Redis, prefix: string, log: OutageLog) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#log = log;
  }

  note({ held, dropped }: Parameters<ReservationCache["note"]>[0]): void {
    const commands = held.length + dropped.length;
    if (commands === 0 || !this.#hasRoomFor(commands)) return;
    const pipeline = this.#redis.pipeline();
    for (const record of held) {
      // PXAT and not PX: however late this arrives, the key ends with the reservation. Redis still shows a key in the given
      // millisecond, when the reservation is over.
      pipeline.set(this.#key(record.id), encodeReservation(record), "PXAT", record.expiresAt - 1, "NX");
    }
    for (const id of dropped) pipeline.set(this.#key(id), droppedMark, "PX", droppedMarkMs);
    void this.#send(commands, pipeline.exec()).then(
      (results) => {
        const failed = results?.find(([error]) => error !== null);
        if (failed) this.#log.failed({ what: "note", err: failed[0] });
      },
      (error: unknown) => this.#log.failed({ what: "note", err: error }),
    );
  }

  async find(id: ReservationId): Promise<ReservationRecord | undefined> {
    const [record] = await this.#read([id]);
    return record;
  }

  async alive(ids: readonly ReservationId[]): Promise<ReadonlySet<ReservationId>> {
    const records = await this.#read(ids);
    return new Set(records.map(({ id }) => id));
  }

  async #read(ids: readonly ReservationId[]): Promise<ReservationRecord[]> {
    if (ids.length === 0 || !this.#hasRoomFor(1)) return [];
    const values = await answerWithin(this.#send(1, this.#redis.mget(ids.map((id) => this.#key(id)))), lookUpMsMax);
    return ids.flatMap((id, index) => {
      const value = values?.[index];
      const record = value ? decodeReservation(id, value) : undefined;
      return record ? [record] : [];
    });
  }

  #hasRoomFor(commands: number): boolean {
    return this.#redis.status === "ready" && this.#underWay + commands <= commandsUnderWayMax;
  }

  #send<Value>(commands: number, sent: Promise<Value>): Promise<Value> {
    this.#underWay += commands;
    return sent.finally(() => {
      this.#underWay -= commands;
    });
  }

  #key(id: ReservationId): string {
    return `${this.#prefix}:hold:${id}`;
  }
}
