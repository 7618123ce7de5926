import { ListPanel, type ScreenProps } from "./screen.tsx";
import { ChoiceField, SearchForm, TextField } from "./search-form.tsx";
import { StockTable } from "./stock.tsx";
import { useReading } from "./use-reading.ts";

const stocks = [
  ["in", "In stock"],
  ["low", "Low"],
  ["out", "Out of stock"],
] as const;

const sales = [
  ["false", "On sale"],
  ["true", "Archived"],
] as const;

/** Products by what their SKU or name begins with. */
export function FindProducts({ address, client, picture }: ScreenProps) {
  const { query } = address;
  const reading = useReading(`products ${JSON.stringify(query)}`, picture.readAt, () => client.findProducts(query));
  const form = (
    <SearchForm address={address}>
      <TextField label="SKU or name begins with" name="q" query={query} />
      <ChoiceField label="Stock" name="stock" query={query} choices={stocks} />
      <ChoiceField label="Sale" name="archived" query={query} choices={sales} />
    </SearchForm>
  );
  return (
    <ListPanel title="Products" form={form} reading={reading} address={address} empty="No such products.">
      {(products) => <StockTable products={products} />}
    </ListPanel>
  );
}
