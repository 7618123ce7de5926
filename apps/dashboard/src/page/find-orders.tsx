import { OrderTable } from "./orders.tsx";
import { ListPanel, type ScreenProps } from "./screen.tsx";
import { ChoiceField, SearchForm, TextField } from "./search-form.tsx";
import { useReading } from "./use-reading.ts";

const statuses = [
  ["PENDING_PAYMENT", "Awaiting payment"],
  ["CONFIRMED", "Confirmed"],
  ["CANCELLED", "Cancelled"],
  ["EXPIRED", "Expired"],
  ["FAILED", "Failed"],
] as const;

const outcomes = [
  ["REFUND_DUE", "Refund due"],
  ["REVIEW_DUE", "Review due"],
  ["REFUNDED", "Refunded"],
] as const;

/** Orders by what the shop or its payment provider calls them, by product and by customer. */
export function FindOrders({ address, client, picture }: ScreenProps) {
  const { query } = address;
  const reading = useReading(`orders ${JSON.stringify(query)}`, picture.readAt, () => client.findOrders(query));
  const form = (
    <SearchForm address={address}>
      <TextField label="Reference" name="reference" query={query} />
      <TextField label="Payment reference" name="paymentReference" query={query} />
      <TextField label="Metadata" name="metadata" query={query} hint="name:value" />
      <TextField label="SKU" name="sku" query={query} />
      <TextField label="Customer" name="customerId" query={query} />
      <ChoiceField label="Status" name="status" query={query} choices={statuses} />
      <ChoiceField label="Money" name="paymentOutcome" query={query} choices={outcomes} />
    </SearchForm>
  );
  return (
    <ListPanel title="Orders" form={form} reading={reading} address={address} empty="No such orders.">
      {(orders) => <OrderTable orders={orders} products={picture.products.data} />}
    </ListPanel>
  );
}
