// A part of the oracle: what replies to a transfer's steps may say, stated a second time. Derive nothing here from the domain's rules.
import { type CommandOf, type Failure, limits, type TransferId, type TransferStatus } from "@holdfast/domain";
import { sellableIn } from "./level-book.ts";
import { type Answered, unexpected, type Witness } from "./witness.ts";

type Step = CommandOf<"ShipTransfer" | "CloseTransfer" | "CancelTransfer">;
type Missing = Extract<Failure, { readonly code: "stock_not_there" | "stock_promised" }>;

interface Asked {
  readonly transferId: TransferId;
  readonly from: number;
  readonly to: number;
}

export function* shipped(witness: Witness, answered: Answered<CommandOf<"ShipTransfer">>): Iterable<string> {
  const { command, from, to } = answered;
  const { transferId } = command;
  yield* stepFaults(witness, answered, ["IN_TRANSIT", "RECEIVED", "CLOSED"], function* (failure, about) {
    if (failure.code === "transfer_not_shippable") {
      const states = witness.transfers.between(transferId, from, to);
      const was = states.some(
        ({ status, source }) => status === failure.status && (source === undefined || status === "CANCELLED"),
      );
      if (!was) yield `${about} was refused as ${failure.status}`;
    } else if (failure.code === "stock_promised") {
      const { sku, locationId, requested, available } = failure;
      const was = witness.levelBetween(sku, locationId, from, to).some(({ counted }) => {
        const short = counted.reservedStock + counted.committedStock - sellableIn(counted);
        return short > 0 && requested - short === available;
      });
      if (!was) yield `${about} was refused as if ${sku} were short`;
    } else if (failure.code === "stock_not_there") {
      const { sku, locationId, requested, available } = failure;
      const was = witness
        .levelBetween(sku, locationId, from, to)
        .some(({ counted }) => Math.min(counted.reservedStock, sellableIn(counted)) === available);
      if (requested <= available || !was) yield `${about} was refused for ${sku} that was there`;
    } else if (failure.code === "stock_limit_exceeded") {
      yield* tooMuch(witness, about, { transferId, from, to }, failure, "incomingStock");
    } else yield* unexpected("ShipTransfer", { kind: "refused", failure });
  });
}

export function* closed(witness: Witness, answered: Answered<CommandOf<"CloseTransfer">>): Iterable<string> {
  const { command, from, to } = answered;
  yield* stepFaults(witness, answered, ["CLOSED"], function* (failure, about) {
    if (failure.code === "stock_not_there") yield* tooFewExpected(witness, about, failure, from, to);
    else yield* notInTransit(witness, about, { ...command, from, to }, failure);
  });
}

export function* cancelled(witness: Witness, answered: Answered<CommandOf<"CancelTransfer">>): Iterable<string> {
  const { command, from, to } = answered;
  const asked = { ...command, from, to };
  yield* stepFaults(witness, answered, ["CANCELLED"], function* (failure, about) {
    if (failure.code === "transfer_not_cancellable") {
      const { status } = failure;
      const was = witness.transfers.between(command.transferId, from, to).some((state) => state.status === status);
      if (!was || (status !== "RECEIVED" && status !== "CLOSED")) yield `${about} was refused as ${status}`;
    } else if (failure.code === "stock_limit_exceeded") yield* tooMuch(witness, about, asked, failure, "totalStock");
    else if (failure.code === "stock_not_there") {
      const { sku, locationId, requested, available } = failure;
      const was = witness
        .levelBetween(sku, locationId, from, to)
        .some(({ counted }) => counted.reservedStock === available || counted.incomingStock === available);
      if (requested <= available || !was) yield `${about} was refused for ${sku} that was counted`;
    } else yield* unexpected("CancelTransfer", { kind: "refused", failure });
  });
}

/** Checks a reply that says how a transfer is after a step: it was so, and in what a repeat finds. */
function* stepFaults(
  witness: Witness,
  { command, reply, from, to }: Answered<Step>,
  leaves: readonly TransferStatus[],
  refused: (failure: Failure, about: string) => Iterable<string>,
): Iterable<string> {
  const { type, transferId } = command;
  const about = `${type} of ${transferId}`;
  if (reply.kind === "ok") {
    const states = witness.transfers.between(transferId, from, to);
    if (!states.some(({ status }) => leaves.includes(status))) yield `${about} was acknowledged, and is lost`;
  } else if (reply.kind === "refused" && reply.failure.code === "transfer_not_found") {
    yield* noTransfer(witness, transferId, from);
  } else if (reply.kind === "refused") yield* refused(reply.failure, about);
  else if (reply.kind !== "not_written") yield* unexpected(type, reply);
}

function* noTransfer(witness: Witness, transferId: TransferId, from: number): Iterable<string> {
  if ((witness.transfers.made(transferId) ?? Number.POSITIVE_INFINITY) <= from)
    yield `${transferId} was said not to exist`;
}

/** What is wrong with a refusal of what is not on its way. */
export function* notInTransit(
  witness: Witness,
  about: string,
  { transferId, from, to }: Asked,
  failure: Failure,
): Iterable<string> {
  if (failure.code === "transfer_not_found") yield* noTransfer(witness, transferId, from);
  else if (failure.code === "transfer_not_in_transit") {
    const { status } = failure;
    const was = witness.transfers.between(transferId, from, to).some((state) => state.status === status);
    if (status === "IN_TRANSIT" || !was) yield `${about} was refused as ${status}`;
  } else yield* unexpected(about, { kind: "refused", failure });
}

/** What is wrong with a refusal because a level expects fewer units: somebody has edited it. */
export function* tooFewExpected(
  witness: Witness,
  about: string,
  { sku, locationId, requested, available }: Missing,
  from: number,
  to: number,
): Iterable<string> {
  const was = witness
    .levelBetween(sku, locationId, from, to)
    .some(({ counted }) => counted.incomingStock === available);
  if (requested <= available || !was) yield `${about} was refused for ${sku} that was expected`;
}

function* tooMuch(
  witness: Witness,
  about: string,
  { transferId, from, to }: Asked,
  { sku, locationId }: Extract<Failure, { readonly code: "stock_limit_exceeded" }>,
  counter: "incomingStock" | "totalStock",
): Iterable<string> {
  const states = witness.transfers.between(transferId, from, to);
  const most = Math.max(0, ...states.map(({ units }) => units.get(sku)?.quantity ?? 0));
  const levels = witness.levelBetween(sku, locationId, from, to);
  if (!levels.some(({ counted }) => counted[counter] + most > limits.totalStockMax))
    yield `${about} was refused as too much`;
}
