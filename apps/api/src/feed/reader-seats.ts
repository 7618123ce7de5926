import { limits } from "@holdfast/domain";

const readersMax = limits.feedReadersMax;

/** How a reader waits. */
export const readerKinds = ["stream", "poll"] as const;
export type ReaderKind = (typeof readerKinds)[number];

/** Limits the waiting readers of the feed, in total and per key, so that no key takes the room of the others. */
export class ReaderSeats {
  readonly #perKeyMax: number;
  readonly #byKey = new Map<string, number>();
  readonly #byKind: Record<ReaderKind, number> = { stream: 0, poll: 0 };

  /** `perKeyMax` 0: a key may have as many as the process. */
  constructor(perKeyMax: number) {
    this.#perKeyMax = perKeyMax === 0 ? readersMax : Math.min(perKeyMax, readersMax);
  }

  get taken(): Readonly<Record<ReaderKind, number>> {
    return this.#byKind;
  }

  /** Takes a seat. @returns the function that gives it back, to call once; `undefined` if none is free */
  take(kind: ReaderKind, callerId: string): (() => void) | undefined {
    const ofKey = this.#byKey.get(callerId) ?? 0;
    if (ofKey >= this.#perKeyMax || this.#byKind.stream + this.#byKind.poll >= readersMax) return undefined;
    this.#byKey.set(callerId, ofKey + 1);
    this.#byKind[kind] += 1;
    return () => {
      const left = (this.#byKey.get(callerId) ?? 1) - 1;
      if (left === 0) this.#byKey.delete(callerId);
      else this.#byKey.set(callerId, left);
      this.#byKind[kind] -= 1;
    };
  }
}
