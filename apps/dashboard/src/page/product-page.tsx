import { linkTo } from "./address.ts";
import type { Product } from "./api-types.ts";
import { Facts } from "./facts.tsx";
import { formatMoney, formatSpan, formatUnits } from "./format.ts";
import { Pill } from "./pill.tsx";
import { Panel, type ScreenProps } from "./screen.tsx";
import { Count } from "./stock.tsx";
import { StockBar } from "./stock-bar.tsx";
import { Time } from "./time.tsx";
import { useReading } from "./use-reading.ts";

/** All of one product: its rules of sale, and what is there of it, place by place. */
export function ProductPage({ address: { id: sku = "" }, client, picture }: ScreenProps) {
  const reading = useReading(`product ${sku}`, picture.readAt, () => client.product(sku));
  return (
    <Panel title="Product" note={<code>{sku}</code>} reading={reading}>
      {(product) => (
        <>
          <ProductFacts product={product} />
          <Policies policies={product.policies ?? {}} now={picture.readAt} />
          <LevelTable levels={product.levels} />
          <p class="more">
            <a href={linkTo({ screen: "orders", query: { sku } })}>Orders of it</a>{" "}
            <a href={linkTo({ screen: "transfers", query: { sku } })}>Transfers of it</a>
          </p>
        </>
      )}
    </Panel>
  );
}

function ProductFacts({ product }: { readonly product: Product }) {
  const { name, price, createdAt, archivedAt, availableStock, totalStock, shortStock, incomingStock } = product;
  return (
    <>
      <Facts
        of={{
          Name: name,
          Price: formatMoney(price),
          Available: formatUnits(availableStock),
          Total: formatUnits(totalStock),
          Incoming: formatUnits(incomingStock),
          Short: shortStock > 0 ? <Pill tone="bad">{formatUnits(shortStock)} short</Pill> : undefined,
          Created: <Time at={createdAt} />,
          "Off sale since": archivedAt && <Time at={archivedAt} />,
        }}
      />
      <StockBar numbers={product} />
    </>
  );
}

interface PoliciesProps {
  readonly policies: NonNullable<Product["policies"]>;
  readonly now: number;
}

/** A product's own rules of sale. */
function Policies({ policies, now }: PoliciesProps) {
  const { backorderLimit, releaseAt, purchaseLimit, holdSeconds, holdSecondsMax } = policies;
  const { minimumQuantity, maximumQuantity, quantityMultiple } = policies;
  const units = (of: number | undefined) => (of === undefined ? undefined : formatUnits(of));
  return (
    <section class="policies" aria-labelledby="policies">
      <h3 id="policies">Rules of sale</h3>
      {Object.keys(policies).length === 0 ? (
        <p class="soft">It has none of its own.</p>
      ) : (
        <Facts
          of={{
            "Backorders, at each place": backorderLimit && `up to ${formatUnits(backorderLimit)}`,
            Release: releaseAt && (
              <>
                <Time at={releaseAt} /> {Date.parse(releaseAt) > now && <Pill tone="warn">preorder</Pill>}
              </>
            ),
            "Fewest in an order": units(minimumQuantity),
            "Most in an order": units(maximumQuantity),
            "In multiples of": units(quantityMultiple),
            "Purchase limit":
              purchaseLimit &&
              `${formatUnits(purchaseLimit.quantity)} a customer within ${formatSpan(purchaseLimit.windowSeconds)}`,
            "Held for": holdSeconds && formatSpan(holdSeconds),
            "Held at most": holdSecondsMax && formatSpan(holdSecondsMax),
          }}
        />
      )}
    </section>
  );
}

/** What is there, place by place. */
function LevelTable({ levels }: Pick<Product, "levels">) {
  if (levels.length === 0) return <p class="empty">No place has had any of it yet.</p>;
  return (
    <>
      <table class="places">
        <caption>By place</caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Available</th>
            <th scope="col">Reserved</th>
            <th scope="col">Committed</th>
            <th scope="col">Safety</th>
            <th scope="col">Unsellable</th>
            <th scope="col">Total</th>
            <th scope="col">Incoming</th>
            <th scope="col">Short</th>
            <th scope="col">Low at</th>
          </tr>
        </thead>
        <tbody>
          {levels.map((level) => (
            <tr key={level.locationId}>
              <th scope="row">
                {level.locationId} {!level.active && <Pill tone="plain">closed</Pill>}
              </th>
              <td data-label="Available" class={availableClass(level)}>
                {formatUnits(level.availableStock)}
              </td>
              <Count label="Reserved" units={level.reservedStock} />
              <Count label="Committed" units={level.committedStock} />
              <Count label="Safety" units={level.safetyStock} />
              <Count label="Unsellable" units={level.unsellableStock} />
              <Count label="Total" units={level.totalStock} />
              <Count label="Incoming" units={level.incomingStock} />
              <Count label="Short" units={level.shortStock} />
              <td data-label="Low at">
                {level.lowStockThreshold === undefined ? "–" : formatUnits(level.lowStockThreshold)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {levels.some(({ active }) => !active) && (
        <p class="soft">Nothing new is sold from a closed place: what is available there does not count.</p>
      )}
    </>
  );
}

/** What is at a closed place is there, and cannot be promised. */
function availableClass({ active, availableStock }: Product["levels"][number]): string {
  if (!active) return "lead zero";
  return availableStock > 0 ? "lead" : "lead none";
}
