import { limits } from "@holdfast/domain";

/** How a reader waits. */
export const readerKinds = ["stream", "poll"] as const;
export type ReaderKind = (typeof readerKinds)[number];

/** Limits waiting readers, in total and per key, or whatever else they are counted by, so that none takes the room of the others. */
export class ReaderSeats {
  readonly #inAllMax: number;
  readonly #perKeyMax: number;
  readonly #byKey = new Map<string, number>();
  readonly #byKind: Record<ReaderKind, number> = { stream: 0, poll: 0 };

  /** `perKeyMax` 0: a key may have as many as the process, `inAllMax`. */
  constructor(perKeyMax: number, inAllMax: number = limits.feedReadersMax) {
    this.#inAllMax = inAllMax;
    this.#perKeyMax = perKeyMax === 0 ? inAllMax : Math.min(perKeyMax, inAllMax);
  }

  get taken(): Readonly<Record<ReaderKind, number>> {
    return this.#byKind;
  }

  /** Takes a seat. @returns the function that gives it back, to call once; `undefined` if none is free */
  take(kind: ReaderKind, countedBy: string): (() => void) | undefined {
    const ofKey = this.#byKey.get(countedBy) ?? 0;
    if (ofKey >= this.#perKeyMax || this.#byKind.stream + this.#byKind.poll >= this.#inAllMax) return undefined;
    this.#byKey.set(countedBy, ofKey + 1);
    this.#byKind[kind] += 1;
    return () => {
      const left = (this.#byKey.get(countedBy) ?? 1) - 1;
      if (left === 0) this.#byKey.delete(countedBy);
      else this.#byKey.set(countedBy, left);
      this.#byKind[kind] -= 1;
    };
  }
}
