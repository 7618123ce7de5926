import type { Order, Page } from "./api-types.ts";
import { EntityId } from "./entity-id.tsx";
import { formatTime } from "./format.ts";
import { formatMoney } from "./money.ts";
import { OrderLines } from "./order-lines.tsx";

const statusTexts: Readonly<Record<Order["status"], string>> = {
  PENDING_PAYMENT: "Awaiting payment",
  CONFIRMED: "Confirmed",
  CANCELLED: "Cancelled",
  EXPIRED: "Expired",
  FAILED: "Refund due",
};

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

function OrderRow({ order: { id, lines, status, total, placedAt } }: { readonly order: Order }) {
  return (
    <tr>
      <th scope="row">
        <EntityId id={id} />
      </th>
      <td class="lines-cell">
        <OrderLines lines={lines} />
      </td>
      <td>
        <span class={`badge ${status.toLowerCase()}`}>{statusTexts[status]}</span>
      </td>
      <td data-label="Total">{formatMoney(total)}</td>
      <td data-label="Placed">
        <time dateTime={placedAt}>{formatTime(placedAt)}</time>
      </td>
    </tr>
  );
}
