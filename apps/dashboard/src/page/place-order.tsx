import { limits } from "@holdfast/domain";
import type { TargetedSubmitEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { type ApiClient, KeyNeeded, ServerAway } from "./api-client.ts";
import type { OrderRequest, Product } from "./api-types.ts";
import { explainProblem } from "./explain-problem.ts";
import { formatUnits } from "./format.ts";
import { Notice, type Said } from "./notice.tsx";

interface PlaceOrderProps {
  readonly products: readonly Product[];
  readonly client: ApiClient;
  readonly away: boolean;
  readonly onChange: () => Promise<void>;
}

/** A form that places an order of one line. */
export function PlaceOrder({ products, client, away, onChange }: PlaceOrderProps) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>();
  // If an answer was lost, the same request is sent again with the same key, so that pressing twice places one order.
  const unsettled = useRef<{ readonly request: string; readonly key: string }>(null);

  const nameOf = (sku: string) => products.find((product) => product.sku === sku)?.name ?? sku;

  const place = async (request: OrderRequest): Promise<Said> => {
    const text = JSON.stringify(request);
    if (unsettled.current?.request !== text) unsettled.current = { request: text, key: freshKey() };
    try {
      const answer = await client.placeOrder(request, unsettled.current.key);
      unsettled.current = null;
      if (!answer.ok) return { tone: "bad", text: explainProblem(answer.problem, nameOf) };
      const held = answer.value.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(", ");
      return { tone: "good", text: `Holding ${held}.` };
    } catch (error) {
      if (error instanceof KeyNeeded) return { tone: "bad", text: "The server wants an API key." };
      if (!(error instanceof ServerAway)) throw error;
      return { tone: "bad", text: `${error.message} Press again to be sure: the order is placed once.` };
    }
  };

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const line = { sku: String(fields.get("sku")), quantity: Number(fields.get("quantity")) };
    setBusy(true);
    setSaid(await place({ lines: [line], holdSeconds: Number(fields.get("holdSeconds")) }));
    await onChange();
    setBusy(false);
  };

  return (
    <section class="panel" aria-labelledby="place-order">
      <div class="panel-head">
        <h2 id="place-order">Place an order</h2>
      </div>
      <form class="order-form" onSubmit={submit}>
        <label class="wide">
          Product
          <select name="sku" required disabled={products.length === 0}>
            {products.length === 0 && <option>No products yet</option>}
            {products
              .filter(({ archived }) => !archived)
              .map(({ sku, name, availableStock }) => (
                <option key={sku} value={sku}>
                  {name} ({formatUnits(availableStock)} available)
                </option>
              ))}
          </select>
        </label>
        <label>
          Quantity
          <input name="quantity" type="number" required min={1} max={limits.lineQuantityMax} defaultValue="1" />
        </label>
        <label>
          Held for (s)
          <input
            name="holdSeconds"
            type="number"
            required
            min={limits.holdSecondsMin}
            max={limits.holdSecondsMax}
            defaultValue="120"
          />
        </label>
        <button type="submit" class="primary" disabled={busy || away || products.length === 0}>
          {busy ? "Placing …" : "Place order"}
        </button>
      </form>
      <Notice said={said} />
    </section>
  );
}

/** A random `Idempotency-Key`. Browsers offer `crypto.randomUUID` on https and localhost only. */
function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `dashboard-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
