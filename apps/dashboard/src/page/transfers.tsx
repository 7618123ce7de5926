import { linkTo } from "./address.ts";
import type { Transfer } from "./api-types.ts";
import { EntityId } from "./entity-id.tsx";
import { formatUnits } from "./format.ts";
import type { Picture } from "./live-state.ts";
import { OrderLines } from "./orders.tsx";
import { ListPanel, type ScreenProps } from "./screen.tsx";
import { ChoiceField, SearchForm, TextField } from "./search-form.tsx";
import { Time } from "./time.tsx";
import { TransferBadge, transferTexts } from "./transfer-badge.tsx";
import { useReading } from "./use-reading.ts";

/** What is on its way between places, and from suppliers. */
export function Transfers({ address, client, picture }: ScreenProps) {
  const { query } = address;
  const reading = useReading(`transfers ${JSON.stringify(query)}`, picture.readAt, () => client.transfers(query));
  const form = (
    <SearchForm address={address}>
      <ChoiceField label="Status" name="status" query={query} choices={Object.entries(transferTexts)} />
      <TextField label="Place" name="locationId" query={query} />
      <TextField label="SKU" name="sku" query={query} />
    </SearchForm>
  );
  return (
    <ListPanel title="Transfers" form={form} reading={reading} address={address} empty="No such transfers.">
      {(transfers) => <TransferTable transfers={transfers} picture={picture} />}
    </ListPanel>
  );
}

interface TransferTableProps {
  readonly transfers: readonly Transfer[];
  readonly picture: Picture;
}

function TransferTable({ transfers, picture }: TransferTableProps) {
  return (
    <table class="orders">
      <thead>
        <tr>
          <th scope="col">Transfer</th>
          <th scope="col">Lines</th>
          <th scope="col">Status</th>
          <th scope="col">Arrived</th>
          <th scope="col">Expected</th>
        </tr>
      </thead>
      <tbody>
        {transfers.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} picture={picture} />
        ))}
      </tbody>
    </table>
  );
}

function TransferRow({ transfer, picture }: { readonly transfer: Transfer; readonly picture: Picture }) {
  const { id, reference, lines, expectedAt } = transfer;
  return (
    <tr>
      <th scope="row">
        <a href={linkTo({ screen: "transfers", id })} aria-label={id}>
          <EntityId id={id} />
        </a>
        {reference !== undefined && <span class="reference">{reference}</span>}
      </th>
      <td class="lines-cell">
        <OrderLines
          lines={lines.map(({ sku, quantity }) => ({ sku, quantity, name: picture.names.get(sku) ?? sku }))}
        />
        <span class="soft">{wayOf(transfer)}</span>
      </td>
      <td>
        <TransferBadge transfer={transfer} now={picture.readAt} />
      </td>
      <td data-label="Arrived">{arrivedOf(transfer)}</td>
      <td data-label="Expected">{expectedAt === undefined ? "–" : <Time at={expectedAt} />}</td>
    </tr>
  );
}

/** Between which places a transfer goes. */
export function wayOf({ fromLocationId, toLocationId }: Transfer): string {
  return `from ${fromLocationId ?? "a supplier"} to ${toLocationId}`;
}

/** How much of a transfer has arrived: `5 of 12`. */
function arrivedOf({ lines }: Transfer): string {
  const sum = (of: (line: Transfer["lines"][number]) => number) => lines.reduce((all, line) => all + of(line), 0);
  return `${formatUnits(sum((line) => line.receivedQuantity))} of ${formatUnits(sum((line) => line.quantity))}`;
}
