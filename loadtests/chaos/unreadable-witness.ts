import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { BrokenPromise } from "./broken-promise.ts";
import { type Answer, callApi, createProduct } from "./call-api.ts";
import type { RecordKind } from "./spoils.ts";

/** The fields that are looked at, of any answer. */
export interface Told {
  readonly id?: string;
  readonly orderId?: string;
  readonly sku?: string;
  readonly status?: string;
  readonly code?: string;
  readonly kind?: string;
  readonly ok?: boolean;
  /** Of an entry of a list that it is one; of a reconciliation which. */
  readonly unreadable?: boolean | readonly { readonly kind: string }[];
  readonly data?: readonly Told[];
  readonly nextCursor?: string | null;
}

type Is = (item: Told) => boolean;

const stock = 100_000;
const againMs = 100;
/** For what a busy API, an auditor's round, a sweep or the feed brings. */
const lateMsMax = 20_000;

/** Calls that are made while a record cannot be read, with what has to be answered. What is not so is a `BrokenPromise`. */
export class UnreadableWitness {
  readonly sku: string;
  readonly other: string;
  readonly #urls: readonly string[];
  readonly #workerUrl: string;
  /** Where the feed stood when it began to look. */
  #feedFrom = "";
  #turn = 0;

  private constructor(urls: readonly string[], workerUrl: string, name: string) {
    this.#urls = urls;
    this.#workerUrl = workerUrl;
    this.sku = `${name}-spoilt`;
    this.other = `${name}-other`;
  }

  /** With two products of its own. `workerUrl`: of the process that audits. */
  static async open(urls: readonly string[], workerUrl: string): Promise<UnreadableWitness> {
    const witness = new UnreadableWitness(urls, workerUrl, `unreadable-${randomUUID().slice(0, 8)}`);
    for (const sku of [witness.sku, witness.other]) await createProduct(urls[0] ?? "", sku, stock);
    for await (const { nextCursor } of witness.#pages("/v1/events?limit=200")) witness.#feedFrom = nextCursor ?? "";
    return witness;
  }

  /** Buys one, whatever comes in between; gives the order's id. */
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

  /** The call names the record that is in its way. With a body it is a POST. */
  async expectRefused(path: string, body?: object): Promise<void> {
    const answer = await this.#call(path, { ...(body && { body }) });
    if (answer.status !== 503 || answer.body.code !== "record_unreadable") throw wrong(path, answer);
  }

  /** Tries to buy what cannot be counted. */
  async expectNotSold(sku: string): Promise<void> {
    await this.expectRefused("/v1/orders", { lines: [{ sku, quantity: 1 }] });
  }

  /** A list shows the record in its place, and goes on to another one. */
  async expectListed(path: string, kind: RecordKind, isOther: Is): Promise<void> {
    const items: Told[] = [];
    for await (const { data } of this.#pages(path)) items.push(...(data ?? []));
    const shown = items.some((item) => item.unreadable === true && item.kind === kind);
    if (!shown || !items.some(isOther))
      throw new BrokenPromise(`${path} lacks the record, or others: ${items.length} entries`);
  }

  /** Reconciliation names the record; without one all adds up. */
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

  /** Waits for the auditor's metric: whether it knows of records of this kind. */
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

  async *#pages(path: string, from = ""): AsyncGenerator<Told> {
    for (let cursor = from; ; ) {
      const at = `${path}${cursor && `${path.includes("?") ? "&" : "?"}cursor=${cursor}`}`;
      const answer = await this.#call(at);
      if (answer.status !== 200) throw wrong(at, answer);
      yield answer.body;
      // The feed has a cursor behind its end, too.
      if (answer.body.nextCursor == null || answer.body.data?.length === 0) return;
      cursor = answer.body.nextCursor;
    }
  }

  /** To one API after another, until it is not busy with something else. */
  async #call(path: string, more: Parameters<typeof callApi>[1] = {}): Promise<Answer<Told>> {
    const deadline = performance.now() + lateMsMax;
    for (;;) {
      this.#turn += 1;
      const answer = await callApi<Told>(`${this.#urls[this.#turn % this.#urls.length]}${path}`, more);
      if (answer.status !== 503 || answer.body.code === "record_unreadable") return answer;
      if (performance.now() > deadline) throw wrong(path, answer);
      await wait(againMs);
    }
  }
}

function wrong(path: string, { status, body }: Answer<Told>): BrokenPromise {
  return new BrokenPromise(`${path} was answered ${status} ${JSON.stringify(body).slice(0, 300)}`);
}
