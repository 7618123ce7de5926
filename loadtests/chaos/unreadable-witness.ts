import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, callApi, createProduct } from "./call-api.ts";
import type { RecordKind } from "./corruption.ts";
import { BrokenPromise } from "./readiness.ts";

/** The fields of all answers that are checked. */
export interface AnswerBody {
  readonly id?: string;
  readonly orderId?: string;
  readonly sku?: string;
  readonly status?: string;
  readonly code?: string;
  readonly kind?: string;
  readonly ok?: boolean;
  /** In a list entry: whether it is unreadable. In a reconciliation: the unreadable records. */
  readonly unreadable?: boolean | readonly { readonly kind: string }[];
  readonly data?: readonly AnswerBody[];
  readonly nextCursor?: string | null;
}

type Is = (item: AnswerBody) => boolean;

const stock = 100_000;
const againMs = 100;
/** How long to wait for a busy API, a round of the auditor, a sweep or the feed. */
const lateMsMax = 20_000;

/** Calls the API while a record cannot be read, and throws a `BrokenPromise` if an answer is not as it must be. */
export class UnreadableWitness {
  readonly sku: string;
  readonly other: string;
  readonly #urls: readonly string[];
  readonly #workerUrl: string;
  /** The end of the feed at the beginning. */
  #feedFrom = "";
  #turn = 0;

  private constructor(urls: readonly string[], workerUrl: string, name: string) {
    this.#urls = urls;
    this.#workerUrl = workerUrl;
    this.sku = `${name}-corrupted`;
    this.other = `${name}-other`;
  }

  /** Creates two products. `workerUrl` is the URL of the process that audits. */
  static async open(urls: readonly string[], workerUrl: string): Promise<UnreadableWitness> {
    const witness = new UnreadableWitness(urls, workerUrl, `unreadable-${randomUUID().slice(0, 8)}`);
    for (const sku of [witness.sku, witness.other]) await createProduct(urls[0] ?? "", sku, stock);
    for await (const { nextCursor } of witness.#pages("/v1/events?limit=200")) witness.#feedFrom = nextCursor ?? "";
    return witness;
  }

  /** Buys one unit, trying until that works. Returns the order's id. */
  async buy(sku: string, holdSeconds = 300): Promise<string> {
    const cart = { lines: [{ sku, quantity: 1 }], holdSeconds };
    const idempotencyKey = randomUUID();
    let id: string | undefined;
    await this.until(`an order of ${sku} is taken`, async () => {
      const answer = await this.#call("/v1/orders", { body: cart, idempotencyKey });
      if (answer.status === 500) throw wrong("/v1/orders", answer);
      id = answer.body.id;
      return answer.status === 201;
    });
    return id ?? "";
  }

  async statusOf(orderId: string): Promise<string | undefined> {
    return (await this.#call(`/v1/orders/${orderId}`)).body.status;
  }

  /** Expects that a call is refused with the name of the unreadable record. With a body it is a POST. */
  async expectRefused(path: string, body?: object): Promise<void> {
    const answer = await this.#call(path, { ...(body && { body }) });
    if (answer.status !== 503 || answer.body.code !== "record_unreadable") throw wrong(path, answer);
  }

  /** Tries to buy from an unreadable level. */
  async expectNotSold(sku: string): Promise<void> {
    await this.expectRefused("/v1/orders", { lines: [{ sku, quantity: 1 }] });
  }

  /** Expects that a list shows the record in its place, and continues with another one. */
  async expectListed(path: string, kind: RecordKind, isOther: Is): Promise<void> {
    const items: AnswerBody[] = [];
    for await (const { data } of this.#pages(path)) items.push(...(data ?? []));
    const shown = items.some((item) => item.unreadable === true && item.kind === kind);
    if (!shown || !items.some(isOther))
      throw new BrokenPromise(`${path} lacks the record, or others: ${items.length} entries`);
  }

  /** Expects that reconciliation names the record; without one, that everything adds up. */
  async expectReconciled(kind?: RecordKind): Promise<void> {
    const path = `/v1/reconciliation?sku=${this.sku}`;
    const answer = await this.#call(path);
    const { ok, unreadable } = answer.body;
    const kinds = typeof unreadable === "object" ? unreadable.map((record) => record.kind) : [];
    const asExpected = kind === undefined ? ok === true : ok === false && kinds.includes(kind);
    if (answer.status !== 200 || !asExpected) throw wrong(path, answer);
  }

  async untilInFeed(isIt: Is): Promise<void> {
    await this.until("it is in the feed", async () => {
      for await (const { data } of this.#pages("/v1/events?limit=200", this.#feedFrom))
        if (data?.some(isIt)) return true;
      return false;
    });
  }

  /** Waits until the auditor's metric counts records of this kind, or none. */
  async untilAudited(kind: RecordKind, isKnown: boolean): Promise<void> {
    await this.until(`the auditor ${isKnown ? "knows" : "forgets"} the ${kind}`, async () => {
      const page = await (await fetch(`${this.#workerUrl}/metrics`)).text();
      const records = new RegExp(`^holdfast_unreadable_records{kind="${kind}"} (\\d+)$`, "m").exec(page)?.[1];
      return records !== undefined && (records !== "0") === isKnown;
    });
  }

  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + lateMsMax;
    while (!(await isSo())) {
      if (performance.now() > deadline)
        throw new BrokenPromise(`after ${lateMsMax / 1_000} s it is not so that ${what}`);
      await wait(againMs);
    }
  }

  async *#pages(path: string, from = ""): AsyncGenerator<AnswerBody> {
    for (let cursor = from; ; ) {
      const at = `${path}${cursor && `${path.includes("?") ? "&" : "?"}cursor=${cursor}`}`;
      const answer = await this.#call(at);
      if (answer.status !== 200) throw wrong(at, answer);
      yield answer.body;
      // The feed has a cursor at its end, too.
      if (answer.body.nextCursor == null || answer.body.data?.length === 0) return;
      cursor = answer.body.nextCursor;
    }
  }

  /** Asks one API after another, until the answer is not about a passing problem. */
  async #call(path: string, more: Parameters<typeof callApi>[1] = {}): Promise<Answer<AnswerBody>> {
    const deadline = performance.now() + lateMsMax;
    for (;;) {
      this.#turn += 1;
      const answer = await callApi<AnswerBody>(`${this.#urls[this.#turn % this.#urls.length]}${path}`, more);
      if (answer.status !== 503 || answer.body.code === "record_unreadable") return answer;
      if (performance.now() > deadline) throw wrong(path, answer);
      await wait(againMs);
    }
  }
}

function wrong(path: string, { status, body }: Answer<AnswerBody>): BrokenPromise {
  return new BrokenPromise(`${path} was answered ${status} ${JSON.stringify(body).slice(0, 300)}`);
}
