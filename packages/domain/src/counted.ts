import { limits } from "./limits.ts";

/** What one part of a number is made of: all of it as a count and a sum, and the newest few one by one. */
export interface Part<Item, Sum = number> {
  readonly count: number;
  readonly sum: Sum;
  /** Newest first, `limits.explainedItemsMax` at most. */
  readonly newest: readonly Item[];
}

/** Counts everything, and keeps the first few of what it is given. */
export class Counted<Item> {
  count = 0;
  sum = 0;
  readonly newest: Item[] = [];

  add(item: Item, units: number): void {
    this.count += 1;
    this.sum += units;
    if (this.newest.length < limits.explainedItemsMax) this.newest.push(item);
  }

  copy(): Counted<Item> {
    const copy = new Counted<Item>();
    copy.count = this.count;
    copy.sum = this.sum;
    copy.newest.push(...this.newest);
    return copy;
  }

  get part(): Part<Item> {
    return { count: this.count, sum: this.sum, newest: [...this.newest] };
  }
}
