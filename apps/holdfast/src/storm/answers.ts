/** The answers that a storm got: how many of each kind, and how long placing took. */
export class Answers {
  readonly #counts = new Map<string, number>();
  readonly #placingMs: number[] = [];

  /** `fetch`, with each answer counted. An answer that does not come counts as `none`. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const startedAt = performance.now();
    try {
      const response = await fetch(request);
      const text = await response.text();
      if (request.method === "POST" && request.url.endsWith("/v1/orders")) {
        this.#placingMs.push(performance.now() - startedAt);
      }
      this.#count(kindOf(response, text));
      return new Response(text, response);
    } catch (error) {
      this.#count("none");
      throw error;
    }
  };

  /** By status, and by code where it is a refusal, in order. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  get requests(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Milliseconds within which this part of the orders was answered, from 0 to 1. */
  placedWithin(part: number): number {
    const sorted = this.#placingMs.toSorted((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  }

  #count(kind: string): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }
}

function kindOf({ ok, status }: Response, text: string): string {
  if (ok) return String(status);
  const [, code] = /"code":"(\w+)"/.exec(text) ?? [];
  return code === undefined ? String(status) : `${status} ${code}`;
}
