import type { LowStock as LowLevel } from "./api-types.ts";
import { formatDays, formatUnits } from "./format.ts";
import { ProductName } from "./product-name.tsx";
import { ListPanel, type ScreenProps } from "./screen.tsx";
import { ChoiceField, SearchForm, TextField } from "./search-form.tsx";
import { Count } from "./stock.tsx";
import { useReading } from "./use-reading.ts";

/** Over how many days sales are counted; the API's own choice is 30. */
const spans = [
  ["7", "7 days"],
  ["90", "90 days"],
] as const;

/** The levels that are low or sold out, with how long what is left lasts. */
export function LowStock({ address, client, picture }: ScreenProps) {
  const { query } = address;
  const reading = useReading(`low stock ${JSON.stringify(query)}`, picture.readAt, () => client.lowStock(query));
  const form = (
    <SearchForm address={address}>
      <TextField label="Place" name="locationId" query={query} />
      <ChoiceField label="Sales of the last" name="days" query={query} choices={spans} any="30 days" />
    </SearchForm>
  );
  const empty = "Nothing is low. A level is watched once it has a threshold.";
  return (
    <ListPanel title="Low stock" form={form} reading={reading} address={address} empty={empty}>
      {(levels) => <LowTable levels={levels} names={picture.names} />}
    </ListPanel>
  );
}

interface LowTableProps {
  readonly levels: readonly LowLevel[];
  readonly names: ReadonlyMap<string, string>;
}

function LowTable({ levels, names }: LowTableProps) {
  return (
    <table class="places">
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Place</th>
          <th scope="col">Available</th>
          <th scope="col">Low at</th>
          <th scope="col">Sold</th>
          <th scope="col">Lasts</th>
          <th scope="col">Incoming</th>
        </tr>
      </thead>
      <tbody>
        {levels.map(({ level, soldUnits, daysOfCover }) => (
          <tr key={`${level.locationId} ${level.sku}`}>
            <th scope="row">
              <ProductName sku={level.sku} name={names.get(level.sku)} />
            </th>
            <td data-label="Place">{level.locationId}</td>
            <td data-label="Available" class={level.availableStock > 0 ? "lead" : "lead none"}>
              {formatUnits(level.availableStock)}
            </td>
            <td data-label="Low at">{formatUnits(level.lowStockThreshold ?? 0)}</td>
            <Count label="Sold" units={soldUnits} />
            <td data-label="Lasts">{daysOfCover === undefined ? "–" : formatDays(daysOfCover)}</td>
            <Count label="Incoming" units={level.incomingStock} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
