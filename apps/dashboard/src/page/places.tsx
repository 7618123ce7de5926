import { linkTo } from "./address.ts";
import type { Location } from "./api-types.ts";
import { formatUnits } from "./format.ts";
import { Pill } from "./pill.tsx";
import { ListPanel, type ScreenProps } from "./screen.tsx";
import { useReading } from "./use-reading.ts";

/** The places that hold stock, in the order in which they promise it. */
export function Places({ address, client, picture }: ScreenProps) {
  const { query } = address;
  const reading = useReading(`places ${JSON.stringify(query)}`, picture.readAt, () => client.locations(query));
  const note = "in the order in which they promise stock";
  return (
    <ListPanel title="Places" note={note} reading={reading} address={address} empty="There is no place yet.">
      {(places) => <PlaceTable places={places} />}
    </ListPanel>
  );
}

function PlaceTable({ places }: { readonly places: readonly Location[] }) {
  return (
    <table class="places">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">State</th>
          <th scope="col">Priority</th>
          <th scope="col">Transfers</th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ id, name, priority, active }) => (
          <tr key={id}>
            <th scope="row">
              <span class="name">{name}</span>
              <code class="sku">{id}</code>
            </th>
            <td data-label="State">{active ? <Pill tone="good">active</Pill> : <Pill tone="plain">closed</Pill>}</td>
            <td data-label="Priority">{formatUnits(priority)}</td>
            <td data-label="Transfers">
              <a href={linkTo({ screen: "transfers", query: { locationId: id } })}>from or to it</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
