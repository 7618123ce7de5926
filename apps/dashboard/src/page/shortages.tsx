import { linkTo } from "./address.ts";
import type { Shortage } from "./api-types.ts";
import { EntityId } from "./entity-id.tsx";
import { formatUnits } from "./format.ts";
import { Pill } from "./pill.tsx";
import { ProductName } from "./product-name.tsx";
import { ListPanel, type ScreenProps } from "./screen.tsx";
import { Time } from "./time.tsx";
import { useReading } from "./use-reading.ts";

/** What is promised and not there, and who lacks it. */
export function Shortages({ address, client, picture }: ScreenProps) {
  const { query } = address;
  const reading = useReading(`shortages ${JSON.stringify(query)}`, picture.readAt, () => client.shortages(query));
  const empty = "Nothing is short: all that is promised is there.";
  return (
    <ListPanel title="Shortages" reading={reading} address={address} empty={empty}>
      {(shortages) => (
        <ul class="shortages">
          {shortages.map((shortage) => (
            <ShortLevel
              key={`${shortage.level.locationId} ${shortage.level.sku}`}
              shortage={shortage}
              name={picture.names.get(shortage.level.sku)}
            />
          ))}
        </ul>
      )}
    </ListPanel>
  );
}

interface ShortLevelProps {
  readonly shortage: Shortage;
  readonly name: string | undefined;
}

function ShortLevel({ shortage, name }: ShortLevelProps) {
  const { level, orders, transfers, complete } = shortage;
  return (
    <li class="shortage">
      <div class="panel-head">
        <h3>
          <ProductName sku={level.sku} name={name} />
        </h3>
        <span class="badges">
          at {level.locationId} <Pill tone="bad">{formatUnits(level.shortStock)} short</Pill>
          {level.incomingStock > 0 && <Pill tone="plain">{formatUnits(level.incomingStock)} incoming</Pill>}
        </span>
      </div>
      <table class="places">
        <thead>
          <tr>
            <th scope="col">Lacks it</th>
            <th scope="col">Promised</th>
            <th scope="col">Short</th>
            <th scope="col">Placed</th>
          </tr>
        </thead>
        <tbody>
          {transfers.map(({ transferId, reserved, short }) => (
            <ShortRow
              key={transferId}
              href={linkTo({ screen: "transfers", id: transferId })}
              id={transferId}
              promised={reserved}
              short={short}
            />
          ))}
          {orders.map(({ orderId, promised, short, placedAt }) => (
            <ShortRow
              key={orderId}
              href={linkTo({ screen: "orders", id: orderId })}
              id={orderId}
              promised={promised}
              short={short}
              placedAt={placedAt}
            />
          ))}
        </tbody>
      </table>
      {!complete && <p class="more">There are more, placed before these.</p>}
    </li>
  );
}

interface ShortRowProps {
  readonly href: string;
  readonly id: string;
  readonly promised: number;
  readonly short: number;
  readonly placedAt?: string;
}

function ShortRow({ href, id, promised, short, placedAt }: ShortRowProps) {
  return (
    <tr>
      <th scope="row">
        <a href={href} aria-label={id}>
          <EntityId id={id} />
        </a>
      </th>
      <td data-label="Promised">{formatUnits(promised)}</td>
      <td data-label="Short" class="lead none">
        {formatUnits(short)}
      </td>
      <td data-label="Placed">{placedAt === undefined ? "–" : <Time at={placedAt} />}</td>
    </tr>
  );
}
