/**
 * Which keys may be in a set that does not change any more: a Bloom filter, 12 to 24 bits a key. It never leaves out one that is there, and takes
 * at most one of 300 others for one of them. It is stored as its bytes, so what follows from a key never changes.
 */
export class KeyFilter {
  readonly bytes: Uint8Array;
  readonly #mask: number;

  /** @param bytes as many as a power of two */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#mask = bytes.length * 8 - 1;
  }

  /** An empty one with room for a number of keys. */
  static for(keys: number): KeyFilter {
    return new KeyFilter(new Uint8Array(2 ** Math.ceil(Math.log2(Math.max(keys, 64) * 1.5))));
  }

  add({ first, second }: KeyHash): void {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (first + Math.imul(probe, second)) & this.#mask;
      this.bytes[bit >>> 3] = (this.bytes[bit >>> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  mayHave({ first, second }: KeyHash): boolean {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (first + Math.imul(probe, second)) & this.#mask;
      if (((this.bytes[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  }
}

const probes = 8;

/** What a filter looks at of a key: where it begins, and the odd number of bits by which it goes on. */
export interface KeyHash {
  readonly first: number;
  readonly second: number;
}

/** Two sums of a key's UTF-16 units, each mixed until every bit of the key moves every bit of it. Quick, and no secret. */
export function keyHash(key: string): KeyHash {
  let first = 0x811c_9dc5;
  let second = 0x9e37_79b9;
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x0100_0193);
    second = Math.imul((second << 5) ^ (second >>> 27) ^ unit, 0x85eb_ca6b);
  }
  return { first: mixed(first), second: mixed(second ^ first) | 1 };
}

/** The last steps of MurmurHash3. */
function mixed(sum: number): number {
  const once = Math.imul(sum ^ (sum >>> 16), 0x85eb_ca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2_ae35);
  return twice ^ (twice >>> 16);
}
