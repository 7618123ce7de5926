import type { Order, Page } from "./api-types.ts";
import { EntityId } from "./entity-id.tsx";
import { formatMoney, formatTime } from "./format.ts";

type State = Order["status"] | "REVIEW_DUE" | "REFUND_DUE";

const stateTexts: Readonly<Record<State, string>> = {
  PENDING_PAYMENT: "Awaiting payment",
  CONFIRMED: "Confirmed",
  CANCELLED: "Cancelled",
  EXPIRED: "Expired",
  FAILED: "Refunded",
  REFUND_DUE: "Refund due",
  REVIEW_DUE: "Review due",
};

/** The badges of an order: its status, and what is due for its payments. FAILED is left out when something is due, as that says it better. */
function statesOf({ status, payments }: Order): readonly State[] {
  const due = (["REVIEW_DUE", "REFUND_DUE"] as const).filter((state) =>
    payments.some(({ outcome }) => outcome === state),
  );
  return status === "FAILED" && due.length > 0 ? due : [status, ...due];
}

/** The latest orders, newest first. */
export function Orders({ orders: { data, nextCursor } }: { readonly orders: Page<Order> }) {
  return (
    <section class="panel" aria-labelledby="orders">
      <div class="panel-head">
        <h2 id="orders">Recent orders</h2>
        {nextCursor !== null && <span class="soft">the latest {data.length}</span>}
      </div>
      {data.length === 0 ? (
        <p class="empty">No orders yet.</p>
      ) : (
        <table class="orders">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Lines</th>
              <th scope="col">Status</th>
              <th scope="col">Total</th>
              <th scope="col">Placed</th>
            </tr>
          </thead>
          <tbody>
            {data.map((order) => (
              <OrderRow key={order.id} order={order} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function OrderRow({ order }: { readonly order: Order }) {
  const { id, lines, total, placedAt } = order;
  return (
    <tr>
      <th scope="row">
        <EntityId id={id} />
      </th>
      <td class="lines-cell">
        <OrderLines lines={lines} />
      </td>
      <td>
        {statesOf(order).map((state) => (
          <span key={state} class={`badge ${state.toLowerCase()}`}>
            {stateTexts[state]}
          </span>
        ))}
      </td>
      <td data-label="Total">{formatMoney(total)}</td>
      <td data-label="Placed">
        <time dateTime={placedAt}>{formatTime(placedAt)}</time>
      </td>
    </tr>
  );
}

interface Line {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
}

/** The lines of an order: `2 × Green tea`. */
export function OrderLines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul class="lines">
      {lines.map(({ sku, name, quantity }) => (
        <li key={sku} title={sku}>
          <b>{quantity}</b> × {name}
        </li>
      ))}
    </ul>
  );
}
