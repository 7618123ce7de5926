import { linkTo } from "./address.ts";
import type { Order } from "./api-types.ts";
import { Facts } from "./facts.tsx";
import { formatMoney, formatUnits } from "./format.ts";
import { OrderBadges } from "./order-badges.tsx";
import { ProductName } from "./product-name.tsx";
import { Panel, type ScreenProps } from "./screen.tsx";
import { Count } from "./stock.tsx";
import { Time } from "./time.tsx";
import { useReading } from "./use-reading.ts";

/** All of one order: what the shop calls it, from where its lines come, and what was paid. */
export function OrderPage({ address: { id = "" }, client, picture }: ScreenProps) {
  const reading = useReading(`order ${id}`, picture.readAt, () => client.order(id));
  return (
    <Panel title="Order" note={<code>{id}</code>} reading={reading}>
      {(order) => (
        <>
          <OrderFacts order={order} />
          <LineTable order={order} />
          {order.payments.length > 0 && <PaymentTable payments={order.payments} />}
        </>
      )}
    </Panel>
  );
}

function OrderFacts({ order }: { readonly order: Order }) {
  const { reference, customerId, metadata = {}, total, refundDue, refunded, replaces, endedAt, reservation } = order;
  const money = (amount: number) => formatMoney({ amount, currency: total.currency });
  return (
    <Facts
      of={{
        Status: <OrderBadges order={order} />,
        Reference: reference,
        Customer: customerId && <a href={linkTo({ screen: "orders", query: { customerId } })}>{customerId}</a>,
        Total: formatMoney(total),
        "Refund due": refundDue && money(refundDue),
        Refunded: refunded && money(refunded),
        Placed: <Time at={order.placedAt} />,
        "Held until": reservation.status === "ACTIVE" ? <Time at={reservation.expiresAt} /> : undefined,
        Ended: endedAt && <Time at={endedAt} />,
        Replaces: replaces && <a href={linkTo({ screen: "orders", id: replaces })}>{replaces}</a>,
        Metadata: Object.keys(metadata).length > 0 ? <Metadata metadata={metadata} /> : undefined,
      }}
    />
  );
}

/** The shop's own texts; each leads to the orders that have the same one. */
function Metadata({ metadata }: { readonly metadata: NonNullable<Order["metadata"]> }) {
  return (
    <ul class="metadata">
      {Object.entries(metadata).map(([name, value]) => (
        <li key={name}>
          <a href={linkTo({ screen: "orders", query: { metadata: `${name}:${value}` } })}>
            {name}: {value}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Each line, place by place. */
function LineTable({ order: { lines } }: { readonly order: Order }) {
  const anyReleased = lines.some(({ releaseAt }) => releaseAt !== undefined);
  return (
    <table class="places">
      <caption>Lines, and from where they come</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">From</th>
          <th scope="col">Units</th>
          <th scope="col">Shipped</th>
          <th scope="col">Cancelled</th>
          <th scope="col">Returned</th>
          <th scope="col">Backordered</th>
          {anyReleased && <th scope="col">Released</th>}
          <th scope="col">Unit price</th>
        </tr>
      </thead>
      <tbody>
        {lines.flatMap(({ sku, name, unitPrice, releaseAt, allocations }) =>
          allocations.map((allocation) => (
            <tr key={`${allocation.locationId} ${sku}`}>
              <th scope="row">
                <ProductName sku={sku} name={name} />
              </th>
              <td data-label="From">{allocation.locationId}</td>
              <td data-label="Units" class="lead">
                {formatUnits(allocation.quantity)}
              </td>
              <Count label="Shipped" units={allocation.fulfilledQuantity ?? 0} />
              <Count label="Cancelled" units={allocation.cancelledQuantity ?? 0} />
              <Count label="Returned" units={allocation.returnedQuantity ?? 0} />
              <Count label="Backordered" units={allocation.backorderedQuantity ?? 0} />
              {anyReleased && <td data-label="Released">{releaseAt === undefined ? "–" : <Time at={releaseAt} />}</td>}
              <td data-label="Unit price">{formatMoney(unitPrice)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

const outcomeTexts: Readonly<Record<Order["payments"][number]["outcome"], string>> = {
  ON_TIME: "Sold what was held",
  REHELD: "Came late, sold what was still there",
  REFUND_DUE: "Sold nothing, refund due",
  REVIEW_DUE: "Came too late, to be decided",
  REFUNDED: "Refunded",
};

function PaymentTable({ payments }: { readonly payments: Order["payments"] }) {
  return (
    <table class="places">
      <caption>Payments</caption>
      <thead>
        <tr>
          <th scope="col">Reference</th>
          <th scope="col">Outcome</th>
          <th scope="col">Refund</th>
          <th scope="col">Reported</th>
        </tr>
      </thead>
      <tbody>
        {payments.map(({ reference, outcome, refund, at }) => (
          <tr key={reference ?? ""}>
            <th scope="row">{reference ?? "none given"}</th>
            <td data-label="Outcome">{outcomeTexts[outcome]}</td>
            <td data-label="Refund">{refund === undefined ? "–" : (refund.reference ?? <Time at={refund.at} />)}</td>
            <td data-label="Reported">
              <Time at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
