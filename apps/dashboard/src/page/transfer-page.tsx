import type { Receipt, Transfer } from "./api-types.ts";
import { EntityId } from "./entity-id.tsx";
import { Facts } from "./facts.tsx";
import { formatUnits } from "./format.ts";
import { ProductName } from "./product-name.tsx";
import { Panel, type ScreenProps } from "./screen.tsx";
import { Count } from "./stock.tsx";
import { Time } from "./time.tsx";
import { TransferBadge } from "./transfer-badge.tsx";
import { wayOf } from "./transfers.tsx";
import { useReading } from "./use-reading.ts";

/** All of one transfer: what was sent, and what has arrived of it. */
export function TransferPage({ address: { id = "" }, client, picture }: ScreenProps) {
  const reading = useReading(`transfer ${id}`, picture.readAt, () => client.transfer(id));
  const receipts = useReading(`receipts ${id}`, picture.readAt, () => client.receipts(id));
  return (
    <Panel title="Transfer" note={<code>{id}</code>} reading={reading}>
      {(transfer) => (
        <>
          <TransferFacts transfer={transfer} now={picture.readAt} />
          <LineTable lines={transfer.lines} names={picture.names} />
          <ReceiptTable receipts={receipts?.value?.data ?? []} names={picture.names} />
        </>
      )}
    </Panel>
  );
}

function TransferFacts({ transfer, now }: { readonly transfer: Transfer; readonly now: number }) {
  const { reference, note, actor, createdAt, expectedAt, shippedAt, endedAt, lossReason } = transfer;
  return (
    <Facts
      of={{
        Status: <TransferBadge transfer={transfer} now={now} />,
        Way: wayOf(transfer),
        Reference: reference,
        Expected: expectedAt && <Time at={expectedAt} />,
        Created: (
          <>
            <Time at={createdAt} /> by {actor}
          </>
        ),
        Shipped: shippedAt && <Time at={shippedAt} />,
        Ended: endedAt && <Time at={endedAt} />,
        Lost: lossReason?.replaceAll("_", " "),
        Note: note,
      }}
    />
  );
}

interface LineTableProps {
  readonly lines: Transfer["lines"];
  readonly names: ReadonlyMap<string, string>;
}

function LineTable({ lines, names }: LineTableProps) {
  return (
    <table class="places">
      <caption>Lines</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Sent</th>
          <th scope="col">Open</th>
          <th scope="col">Received</th>
          <th scope="col">Lost</th>
          <th scope="col">Returned</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ sku, quantity, openQuantity, receivedQuantity, lostQuantity, returnedQuantity }) => (
          <tr key={sku}>
            <th scope="row">
              <ProductName sku={sku} name={names.get(sku)} />
            </th>
            <td data-label="Sent" class="lead">
              {formatUnits(quantity)}
            </td>
            <Count label="Open" units={openQuantity} />
            <Count label="Received" units={receivedQuantity} />
            <Count label="Lost" units={lostQuantity} />
            <Count label="Returned" units={returnedQuantity} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ReceiptTableProps {
  readonly receipts: readonly Receipt[];
  readonly names: ReadonlyMap<string, string>;
}

/** What has arrived, the latest first. */
function ReceiptTable({ receipts, names }: ReceiptTableProps) {
  if (receipts.length === 0) return <p class="empty">Nothing has arrived yet.</p>;
  return (
    <table class="orders">
      <caption>Receipts</caption>
      <thead>
        <tr>
          <th scope="col">Receipt</th>
          <th scope="col">Arrived</th>
          <th scope="col">Recorded by</th>
          <th scope="col">At</th>
        </tr>
      </thead>
      <tbody>
        {receipts.map(({ id, reference, lines, actor, at }) => (
          <tr key={id}>
            <th scope="row">
              <EntityId id={id} />
              {reference !== undefined && <span class="reference">{reference}</span>}
            </th>
            <td class="lines-cell">
              <ul class="lines">
                {lines.map(({ sku, quantity, condition }) => (
                  <li key={`${condition} ${sku}`} title={sku}>
                    <b>{formatUnits(quantity)}</b> × {names.get(sku) ?? sku}
                    {condition === "UNSELLABLE" && <span class="soft"> unsellable</span>}
                  </li>
                ))}
              </ul>
            </td>
            <td data-label="Recorded by">{actor}</td>
            <td data-label="At">
              <Time at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
