import type { AnswerCounts } from "./answer-counts.ts";
import { type Answer, codeOf, faultsOf, parsed } from "./answer-faults.ts";
import { callAt, type DescribedCall } from "./described-calls.ts";
import { type Verdict, verdictOn } from "./document-verdict.ts";
import { KnownThings } from "./known-things.ts";
import { type FilledRequest, filled, type SketchedRequest } from "./requests.ts";

/** A Holdfast that requests can be sent to, wherever it runs. */
export interface FuzzedHoldfast {
  /** The app's answer; `undefined` where HTTP itself was broken, and the app never saw the request. */
  send(request: FilledRequest): Promise<Answer | undefined>;
  /** All that requests have stored, as text. */
  stored(): Promise<string>;
  /** Advances the clock, if the test controls it. */
  pass(seconds: number): Promise<void>;
  /** Log lines since the last call that should never be written. */
  complaints(): readonly string[];
}

/** Sends requests, and throws at the first wrong answer. */
export class FuzzedShop {
  readonly #holdfast: FuzzedHoldfast;
  readonly #calls: readonly DescribedCall[];
  readonly #answerCounts: AnswerCounts;
  readonly #known = new KnownThings();
  /** Whether somebody may have booked a loss of what is promised: a level may be below zero then. */
  #isShort = false;
  #stored: string | undefined;

  constructor(holdfast: FuzzedHoldfast, calls: readonly DescribedCall[], answerCounts: AnswerCounts) {
    this.#holdfast = holdfast;
    this.#calls = calls;
    this.#answerCounts = answerCounts;
  }

  /** Sends one request. Throws with all that is wrong with its answer. */
  async play(sketch: SketchedRequest): Promise<Answer | undefined> {
    await this.#holdfast.pass(sketch.wait);
    const request = filled(sketch, this.#known);
    // Only time passes between requests.
    const before = sketch.wait > 0 || this.#stored === undefined ? await this.#holdfast.stored() : this.#stored;
    const answer = await this.#holdfast.send(request);
    this.#stored = await this.#holdfast.stored();
    const wrote = this.#stored !== before;
    if (answer === undefined) {
      this.#answerCounts.count("no call", "refused before the app");
      return undefined;
    }
    const url = new URL(`http://localhost${request.target}`);
    const call = callAt(this.#calls, request.method, url.pathname);
    const verdict = call === undefined ? "leaves open" : this.#verdict(call, request, url.searchParams);
    const faults = [...faultsOf({ request, call, verdict, answer, wrote }), ...this.#holdfast.complaints()];
    if (faults.length > 0) throw new Error(`${describe(request)}\n${describe(answer)}\n- ${faults.join("\n- ")}`);
    if (call && answer.status < 400) this.#known.note(call.collection, parsed(answer.text));
    if (String(sketch.body).includes("acceptShortage")) this.#isShort = true;
    this.#answerCounts.count(call?.name ?? "no call", codeOf(answer) ?? String(answer.status));
    return answer;
  }

  /** A cursor is opaque: the document says nothing about its form, but cursors that the list has answered show it. */
  #verdict(call: DescribedCall, request: FilledRequest, query: URLSearchParams): Verdict {
    const cursor = query.get("cursor");
    const takesCursors = call.parameters.some(({ name }) => name === "cursor");
    const isForeign = takesCursors && cursor !== null && this.#known.fitsList(cursor, call.template) === false;
    return isForeign ? "refuses" : verdictOn(call, request);
  }

  /** Sends a request that must succeed. @returns the body */
  async ask(method: string, target: string, body?: object, wait = 0): Promise<Record<string, unknown>> {
    const answer = await this.play({
      wait,
      method,
      target,
      headers: body === undefined ? [] : [["content-type", "application/json"]],
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return parsed(answer?.text ?? "") as Record<string, unknown>;
  }

  /** Throws if stock is promised twice, or if a counter differs from the sums of orders, adjustments and journal. */
  async expectSound(): Promise<void> {
    const reconciled = await this.ask("GET", "/v1/reconciliation");
    if (reconciled["ok"] !== true) throw new Error(`counters have drifted: ${JSON.stringify(reconciled)}`);
    if (this.#isShort) return;
    const { data } = (await this.ask("GET", "/v1/products?limit=200")) as unknown as ProductPage;
    const oversold = data.filter(({ levels }) => levels.some(({ availableStock }) => availableStock < 0));
    if (oversold.length > 0) throw new Error(`sold what is not there: ${JSON.stringify(oversold)}`);
  }
}

interface ProductPage {
  readonly data: readonly { readonly levels: readonly { readonly availableStock: number }[] }[];
}

function describe(value: FilledRequest | Answer): string {
  return JSON.stringify({ ...value, headers: [...value.headers] }).slice(0, 3_000);
}
