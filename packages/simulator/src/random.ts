/** Pseudo-random numbers from a seed (mulberry32). Everything that a simulation leaves to chance comes from here. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** At least 0, below 1. */
  real(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.real() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.real() < probability;
  }

  /** One of the items, each as often as its weight says. There has to be one. */
  weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item {
    let left = this.real() * items.reduce((sum, item) => sum + weightOf(item), 0);
    const found = items.find((item) => {
      left -= weightOf(item);
      return left < 0;
    });
    return found ?? this.pick(items);
  }

  /** The same items in random order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.real() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  }

  /** One of the items. There has to be one. */
  pick<Item>(items: readonly Item[]): Item {
    // The index is within bounds, and a list of possibly undefined items may give one.
    return items[this.between(0, items.length - 1)] as Item;
  }
}
