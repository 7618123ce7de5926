import { type Claim, type CommandOf, type Failure, limits, type Quantity, type TransferId } from "@holdfast/domain";
import { availableIn } from "../checks/level-book.ts";
import { soldOutFaults } from "../checks/sold-out.ts";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import { type Crowd, randomSku } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { adjustStock } from "./adjust-stock.ts";
import { cancelTransfer } from "./cancel-transfer.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";
import { shipTransfer } from "./ship-transfer.ts";

type CreateTransfer = CommandOf<"CreateTransfer">;

export const createTransferModel: CommandModel<CreateTransfer> = {
  occasions: [{ when: "anytime", weight: ({ crowd }) => (new Set(crowd.locations).size > 1 ? 0.2 : 0.05), ask: begin }],
  *replyFaults(witness, answered) {
    const { command, reply } = answered;
    const { transfers } = witness.tables.entities;
    const { transferId } = command;
    if (reply.kind === "ok") {
      const kept = "id" in reply.subject ? transfers.get(reply.subject.id as TransferId) : undefined;
      if (kept === undefined || placesOf(kept) !== placesOf(command) || wordsOf(kept) !== wordsOf(command))
        yield `${transferId} was acknowledged and is not there as asked`;
    } else if (reply.kind === "not_written") {
      if (transfers.has(transferId)) yield `${transferId} was called not written, and is`;
    } else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else yield* unexpected("CreateTransfer", reply);
  },
  *historyFaults({ tables }, requests) {
    const asked = new Map(requests.map((request) => [request.transferId, request]));
    for (const transfer of tables.entities.transfers.values()) {
      const request = asked.get(transfer.id);
      if (request === undefined || placesOf(transfer) !== placesOf(request) || wordsOf(transfer) !== wordsOf(request))
        yield `${transfer.id} is not as it was asked for`;
    }
  },
  sequence: {
    share: 0.08,
    draw: ({ random, id, skus, locationId, claim }) => {
      const other = random.pick(["main", "berlin", undefined] as const);
      const lines = Array.from({ length: random.pick([1, 1, 2]) }, () => ({
        sku: random.pick(skus),
        quantity: random.between(1, 4) as Quantity,
      }));
      const from = other === undefined ? {} : { fromLocationId: other as typeof locationId };
      return createTransfer({ ...from, toLocationId: locationId, lines }, id, claim);
    },
  },
};

/** Someone sends units on, or orders some. At times it is seen through at once: it leaves, after a loss or not, and comes back. */
async function begin(person: Person): Promise<void> {
  const { random, crowd, database } = person.world;
  const { body, reply } = await person.askUnderKey(() => randomTransfer(random, crowd), createTransfer);
  if (reply.kind !== "ok" || !("id" in reply.subject) || random.chance(0.4)) return;
  const transferId = reply.subject.id as TransferId;
  const { fromLocationId: locationId, lines } = body;
  const [line] = lines;
  if (locationId === undefined || line === undefined) return;
  const level = database.tables.entities.levels.get(`${line.sku}@${locationId}`);
  if (level !== undefined && random.chance(0.4)) {
    // Some of what is to be sent, or of what is sold beside it.
    const delta = -(Math.max(0, availableIn(level)) + random.between(1, line.quantity));
    const loss = { sku: line.sku, locationId, delta, reason: "theft", acceptsShortage: true } as const;
    await person.ask((id) => adjustStock(loss, id), { repeat: "once" });
  }
  await person.ask(() => shipTransfer(transferId));
  if (random.chance(0.3)) await person.ask(() => cancelTransfer(transferId));
}

function randomTransfer(random: Random, crowd: Crowd): Body<CreateTransfer> {
  const lines = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
    sku: randomSku(random, crowd),
    quantity: (random.chance(0.01) ? limits.totalStockMax : random.between(1, 5)) as Quantity,
  }));
  const toLocationId = random.pick(crowd.locations);
  const others = crowd.locations.filter((place) => place !== toLocationId);
  if (random.chance(0.3) || (others.length === 0 && random.chance(0.9))) return { toLocationId, lines };
  return {
    fromLocationId: random.pick(others.length === 0 || random.chance(0.03) ? crowd.locations : others),
    toLocationId,
    lines,
  };
}

function createTransfer(body: Body<CreateTransfer>, id: string, claim?: Claim): CreateTransfer {
  const transferId = `trf_${id}` as TransferId;
  return { type: "CreateTransfer", actor: shopKey, ...body, transferId, ...(claim && { claim }) };
}

type Placed = Pick<CreateTransfer, "fromLocationId" | "toLocationId">;

function placesOf({ fromLocationId, toLocationId }: Placed): string {
  return `${fromLocationId} ${toLocationId}`;
}

function wordsOf({ lines }: Pick<CreateTransfer, "lines">): string {
  return [...unitsOf(lines)]
    .map((pair) => pair.join(" "))
    .sort()
    .join();
}

function unitsOf(lines: CreateTransfer["lines"]) {
  const units = new Map<(typeof lines)[number]["sku"], number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}

/** Checks that the reason was true at some point between the request and its reply. */
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<CreateTransfer>,
  failure: Failure,
): Iterable<string> {
  const { transferId, fromLocationId, toLocationId, lines, claim } = command;
  switch (failure.code) {
    case "product_not_found":
      yield* witness.noProducts(failure.skus, from);
      return;
    case "location_not_found":
      yield* witness.noLocations(failure.locationIds, from);
      return;
    case "location_inactive":
      if (!witness.locations.between(toLocationId, from, to).some(({ active }) => !active))
        yield `${transferId} was refused as if ${toLocationId} were closed`;
      return;
    case "same_location":
      if (fromLocationId !== toLocationId) yield `${transferId} was refused as if it went nowhere`;
      return;
    case "idempotency_key_reused":
      yield* witness.reusedKey("transfers", claim);
      return;
    case "insufficient_stock":
      yield* soldOutFaults(witness, transferId, { units: unitsOf(lines), failure, from, to, isLate: true });
      if (failure.shortfalls.some(({ locationId }) => locationId !== fromLocationId))
        yield `${transferId} was refused for stock of another place`;
      return;
    case "stock_limit_exceeded": {
      const { sku, locationId } = failure;
      const units = unitsOf(lines).get(sku) ?? 0;
      const states = witness.levelBetween(sku, locationId, from, to);
      if (!states.some(({ counted }) => counted.incomingStock + units > limits.totalStockMax))
        yield `${transferId} was refused as too much`;
      return;
    }
    default:
      yield* unexpected("CreateTransfer", { kind: "refused", failure });
  }
}
