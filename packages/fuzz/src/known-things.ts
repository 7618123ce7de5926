import fc from "fast-check";

/** How many things of a kind are remembered: the latest ones. */
const rememberedMax = 30;

const slotPattern = /⟦(\w+) ([^⟧]*)⟧/g;

/** A JSON number with a spelling that no JavaScript number has: `-0`, `1e400`. It stands in for a text. */
export function spelt(number: string): string {
  return `⟦spelt ${number}⟧`;
}

/** Splits a text at the slots for single bytes. */
export const byteSlot = /⟦byte (\w\w)⟧/;

/** A slot for a byte that is invalid as UTF-8. */
export function brokenByte(byte: "80" | "c0" | "ed" | "ff"): string {
  return `⟦byte ${byte}⟧`;
}

/** A slot for the n-th thing of this name in earlier answers: `sku`, or `/v1/orders id` for the ids in one list. */
export function knownThing(name: string): fc.Arbitrary<string> {
  return fc.nat(rememberedMax).map((n) => `⟦known ${n} ${name}⟧`);
}

/** A slot for a cursor of one list, as it was answered or changed a little. */
export function knownCursor(list: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.nat(rememberedMax),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant("whole 0") },
        fc.nat(60).map((cut) => `cut ${cut}`),
        fc.nat(600).map((bit) => `flip ${bit}`),
      ),
    )
    .map(([n, change]) => `⟦cursor ${change} ${n} ${list} nextCursor⟧`);
}

/**
 * Ids, SKUs and cursors from earlier answers. Requests are generated before anything has been answered, with slots in their texts;
 * the slots are filled when the request is sent.
 */
export class KnownThings {
  readonly #things = new Map<string, string[]>();

  /** Remembers every text of an answer by its name, and a top-level one also by name and list. */
  note(collection: string, answer: unknown): void {
    if (typeof answer !== "object" || answer === null) return;
    const { data } = answer as { data?: unknown };
    for (const item of Array.isArray(data) ? [answer, ...data] : [answer]) {
      for (const [name, value] of Object.entries(item)) this.#remember(`${collection} ${name}`, value);
    }
    this.#noteAll(answer);
  }

  /** Whether a cursor has the shape of those that a list has given; `undefined` while it has given none. */
  fitsList(cursor: string, list: string): boolean | undefined {
    return this.#things.get(`${list} nextCursor`)?.some((known) => shapeOf(known) === shapeOf(cursor));
  }

  /** The text with its slots filled; `escaped` makes a thing fit for the place where the text goes. */
  fill(text: string, escaped: (thing: string) => string): string {
    return text.replace(slotPattern, (slot, kind: string, rest: string) => {
      if (kind === "spelt" || kind === "byte") return slot;
      const words = rest.split(" ");
      if (kind === "known") return escaped(this.#nth(words.slice(1).join(" "), Number(words[0])));
      const [change = "", by = "", n = "", ...name] = words;
      return escaped(changed(this.#nth(name.join(" "), Number(n)), change, Number(by)));
    });
  }

  /** As `fill`, for the text of a JSON document; numbers are spelt as they were asked for. */
  fillJson(text: string): string {
    return this.fill(text, (thing) => JSON.stringify(thing).slice(1, -1)).replace(/"⟦spelt ([^⟧]*)⟧"/g, "$1");
  }

  #nth(name: string, n: number): string {
    const things = this.#things.get(name) ?? [];
    const last = name.split(" ").at(-1) ?? name;
    if (things.length === 0 && last !== name) return this.#nth(last, n);
    return things[n % things.length] ?? "none";
  }

  #noteAll(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, each] of Object.entries(value)) {
      this.#remember(name, each);
      // Payments say `reference`, requests say `paymentReference`.
      if (name === "reference" && "outcome" in value) this.#remember("paymentReference", each);
      this.#noteAll(each);
    }
  }

  #remember(name: string, value: unknown): void {
    if (typeof value !== "string" || value === "") return;
    const things = this.#things.get(name) ?? [];
    if (things.includes(value)) return;
    things.push(value);
    if (things.length > rememberedMax) things.shift();
    this.#things.set(name, things);
  }
}

function changed(cursor: string, change: string, by: number): string {
  if (change === "cut") return cursor.slice(0, Math.max(0, cursor.length - by));
  if (change !== "flip") return cursor;
  const bytes = Buffer.from(cursor, "base64url");
  const at = Math.floor(by / 8) % Math.max(1, bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (by % 8));
  return bytes.toString("base64url");
}

/** The kind of each part of a cursor. The first part names the list. */
function shapeOf(cursor: string): string {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(place)) return "no place";
    return place
      .map((part, n) => (n === 0 ? String(part) : Number.isSafeInteger(part) && part >= 0 ? "count" : typeof part))
      .join();
  } catch {
    return "no JSON";
  }
}
