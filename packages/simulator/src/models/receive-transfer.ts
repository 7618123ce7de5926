import {
  type Claim,
  type CommandOf,
  conditions,
  type Failure,
  limits,
  type Quantity,
  type ReceiptId,
  type ReceiptLine,
  type Sku,
  type TransferId,
} from "@holdfast/domain";
import { openOf } from "../checks/transfer-book.ts";
import { notInTransit, tooFewExpected } from "../checks/transfer-replies.ts";
import { type Answered, unexpected, type Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";
import { randomTransferId } from "./random-transfer.ts";

type ReceiveTransfer = CommandOf<"ReceiveTransfer">;
type Asked = Body<ReceiveTransfer> & Pick<ReceiveTransfer, "transferId">;

export const receiveTransferModel: CommandModel<ReceiveTransfer> = {
  occasions: [{ when: "anytime", weight: () => 0.09, ask: unload }],
  *replyFaults(witness, answered) {
    const { command, reply } = answered;
    const { receiptId, transferId } = command;
    const { receipts } = witness.tables.entities;
    if (reply.kind === "ok") {
      const kept = "id" in reply.subject ? receipts.get(reply.subject.id as ReceiptId) : undefined;
      if (kept?.transferId !== transferId || !isAsAsked(kept.lines, command))
        yield `${receiptId} was acknowledged and is not there as asked`;
    } else if (reply.kind === "not_written") {
      if (receipts.has(receiptId)) yield `${receiptId} was called not written, and is`;
    } else if (reply.kind === "refused") yield* refusedFaults(witness, answered, reply.failure);
    else yield* unexpected("ReceiveTransfer", reply);
  },
  *historyFaults({ tables }, requests) {
    const asked = new Map(requests.map((request) => [request.receiptId, request]));
    for (const { id, transferId, lines } of tables.entities.receipts.values()) {
      const request = asked.get(id);
      if (request?.transferId !== transferId || !isAsAsked(lines, request)) yield `${id} is not as it was asked for`;
    }
  },
  sequence: {
    share: 0.08,
    draw: ({ random, id, transferId, sku, claim }) =>
      receiveTransfer({ transferId, ...bodyOf(random, [{ sku, quantity: 2 as Quantity }]) }, id, claim),
  },
};

/** Receives all that is on its way, some of it, or too much. */
async function unload(person: Person): Promise<void> {
  const { random, database, newId } = person.world;
  const transferId = randomTransferId(random, database.tables, newId, "IN_TRANSIT");
  for (let times = random.pick([1, 1, 2]); times > 0; times -= 1) {
    const sent = database.tables.entities.transfers.get(transferId)?.lines ?? [];
    await person.askUnderKey(() => ({ transferId, ...bodyOf(random, sent) }), receiveTransfer);
  }
}

function bodyOf(
  random: Random,
  sent: readonly { readonly sku: Sku; readonly quantity: Quantity }[],
): Body<ReceiveTransfer> {
  if (sent.length === 0 || random.chance(0.3)) return {};
  const lines = Array.from({ length: random.pick([1, 1, 2]) }, () => {
    const { sku, quantity } = random.pick(sent);
    return { sku, quantity: random.between(1, quantity) as Quantity, condition: random.pick([...conditions]) };
  });
  return { lines };
}

function receiveTransfer(body: Asked, id: string, claim?: Claim): ReceiveTransfer {
  const receiptId = `rct_${id}` as ReceiptId;
  return { type: "ReceiveTransfer", actor: shopKey, ...body, receiptId, ...(claim && { claim }) };
}

/** Whether lines hold exactly the units that were asked for; any that can be sold, where all were. */
function isAsAsked(lines: readonly ReceiptLine[], { lines: asked }: Pick<ReceiveTransfer, "lines">): boolean {
  if (asked === undefined) return lines.length > 0 && lines.every(({ condition }) => condition === "SELLABLE");
  return wordsOf(lines) === wordsOf(asked);
}

function wordsOf(lines: readonly Pick<ReceiptLine, "sku" | "quantity" | "condition">[]): string {
  const units = new Map<string, number>();
  for (const { sku, quantity, condition } of lines)
    units.set(`${sku} ${condition}`, (units.get(`${sku} ${condition}`) ?? 0) + quantity);
  return [...units]
    .map((pair) => pair.join(" "))
    .sort()
    .join();
}

/** Checks that the reason was true at some point between the request and its reply. */
function* refusedFaults(
  witness: Witness,
  { command, from, to }: Answered<ReceiveTransfer>,
  failure: Failure,
): Iterable<string> {
  const { receiptId, transferId, claim } = command;
  const states = witness.transfers.between(transferId as TransferId, from, to);
  switch (failure.code) {
    case "idempotency_key_reused":
      yield* witness.reusedKey("receipts", claim);
      return;
    case "more_than_in_transit":
      for (const { sku, requested, open } of failure.excesses) {
        const was = states.some(({ status, units }) => {
          const each = units.get(sku);
          return status === "IN_TRANSIT" && (each === undefined ? 0 : openOf(each)) === open;
        });
        if (requested <= open || !was) yield `${receiptId} was refused for ${requested} ${sku}, of which ${open} came`;
      }
      return;
    case "stock_limit_exceeded": {
      const { sku, locationId } = failure;
      const most = Math.max(0, ...states.map(({ units }) => units.get(sku)?.quantity ?? 0));
      const levels = witness.levelBetween(sku, locationId, from, to);
      if (!levels.some(({ counted }) => counted.totalStock + most > limits.totalStockMax))
        yield `${receiptId} was refused as too much`;
      return;
    }
    case "stock_not_there":
      yield* tooFewExpected(witness, receiptId, failure, from, to);
      return;
    default:
      yield* notInTransit(witness, receiptId, { transferId, from, to }, failure);
  }
}
