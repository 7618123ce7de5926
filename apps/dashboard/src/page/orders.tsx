import type { Order, Page } from "./api-types.ts";
import { EntityId } from "./entity-id.tsx";
import { formatTime } from "./format.ts";
import { formatMoney } from "./money.ts";
import { OrderLines } from "./order-lines.tsx";

type State = Order["status"] | "REVIEW_DUE";

const stateTexts: Readonly<Record<State, string>> = {
  PENDING_PAYMENT: "Awaiting payment",
  CONFIRMED: "Confirmed",
  CANCELLED: "Cancelled",
  EXPIRED: "Expired",
  FAILED: "Refund due",
  REVIEW_DUE: "Review due",
};

/** The status, told apart where somebody has something else to do about it. */
function stateOf({ status, payment }: Order): State {
  return payment?.outcome === "REVIEW_DUE" ? "REVIEW_DUE" : status;
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
  const state = stateOf(order);
  return (
    <tr>
      <th scope="row">
        <EntityId id={id} />
      </th>
      <td class="lines-cell">
        <OrderLines lines={lines} />
      </td>
      <td>
        <span class={`badge ${state.toLowerCase()}`}>{stateTexts[state]}</span>
      </td>
      <td data-label="Total">{formatMoney(total)}</td>
      <td data-label="Placed">
        <time dateTime={placedAt}>{formatTime(placedAt)}</time>
      </td>
    </tr>
  );
}
