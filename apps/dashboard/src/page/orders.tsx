import { linkTo } from "./address.ts";
import type { Order, Page, Product } from "./api-types.ts";
import { EntityId } from "./entity-id.tsx";
import { formatMoney, formatUnits } from "./format.ts";
import { OrderBadges } from "./order-badges.tsx";
import { Time } from "./time.tsx";

interface OrdersProps {
  readonly orders: Page<Order>;
  readonly products: readonly Product[];
}

/** The latest orders, newest first. */
export function Orders({ orders: { data, nextCursor }, products }: OrdersProps) {
  return (
    <section class="panel" aria-labelledby="orders">
      <div class="panel-head">
        <h2 id="orders">Recent orders</h2>
        {nextCursor !== null && <span class="soft">the latest {data.length}</span>}
      </div>
      {data.length === 0 ? <p class="empty">No orders yet.</p> : <OrderTable orders={data} products={products} />}
    </section>
  );
}

interface OrderTableProps {
  readonly orders: readonly Order[];
  readonly products: readonly Product[];
}

/** Orders, one a row. Says from where each line comes, where the shop has stock at several places. */
export function OrderTable({ orders, products }: OrderTableProps) {
  const places = new Set(products.flatMap(({ levels }) => levels.map(({ locationId }) => locationId)));
  return (
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
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} severalPlaces={places.size > 1} />
        ))}
      </tbody>
    </table>
  );
}

function OrderRow({ order, severalPlaces }: { readonly order: Order; readonly severalPlaces: boolean }) {
  const { id, lines, reference, total, placedAt } = order;
  return (
    <tr>
      <th scope="row">
        <a href={linkTo({ screen: "orders", id })} aria-label={id}>
          <EntityId id={id} />
        </a>
        {reference !== undefined && <span class="reference">{reference}</span>}
      </th>
      <td class="lines-cell">
        <OrderLines lines={severalPlaces ? lines.map((line) => ({ ...line, from: placesOf(line) })) : lines} />
      </td>
      <td>
        <OrderBadges order={order} />
      </td>
      <td data-label="Total">{formatMoney(total)}</td>
      <td data-label="Placed">
        <Time at={placedAt} />
      </td>
    </tr>
  );
}

/** From where a line's units come: `main`, or `main 1, berlin 2`. */
function placesOf({ allocations }: Pick<Order["lines"][number], "allocations">): string {
  const [only, ...others] = allocations;
  if (only !== undefined && others.length === 0) return only.locationId;
  return allocations.map(({ locationId, quantity }) => `${locationId} ${formatUnits(quantity)}`).join(", ");
}

interface Line {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly from?: string;
}

/** The lines of an order: `2 × Green tea`. */
export function OrderLines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul class="lines">
      {lines.map(({ sku, name, quantity, from }) => (
        <li key={sku} title={sku}>
          <b>{quantity}</b> × {name}
          {from !== undefined && <span class="soft"> from {from}</span>}
        </li>
      ))}
    </ul>
  );
}
