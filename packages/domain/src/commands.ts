import { assert } from "./bug.ts";
import type { Claim } from "./claim.ts";
import type { CommandModule, Shown } from "./command-module.ts";
import { type AdjustStock, adjustStock } from "./commands/adjust-stock.ts";
import { type CancelOrder, cancelOrder } from "./commands/cancel-order.ts";
import { type CancelTransfer, cancelTransfer } from "./commands/cancel-transfer.ts";
import { type ChangeLevel, changeLevel } from "./commands/change-level.ts";
import { type ChangeLines, changeLines } from "./commands/change-lines.ts";
import { type ChangeLocation, changeLocation } from "./commands/change-location.ts";
import { type ChangeOrder, changeOrder } from "./commands/change-order.ts";
import { type ChangeProduct, changeProduct } from "./commands/change-product.ts";
import { type CloseTransfer, closeTransfer } from "./commands/close-transfer.ts";
import { type ConfirmOrder, confirmOrder } from "./commands/confirm-order.ts";
import { type CorrectStock, correctStock } from "./commands/correct-stock.ts";
import { type CountStock, countStock } from "./commands/count-stock.ts";
import { type CreateLocation, createLocation } from "./commands/create-location.ts";
import { type CreateProduct, createProduct } from "./commands/create-product.ts";
import { type CreateTransfer, createTransfer } from "./commands/create-transfer.ts";
import { type EraseCustomer, eraseCustomer } from "./commands/erase-customer.ts";
import { type ExpireOrder, expireOrder } from "./commands/expire-order.ts";
import { type ExtendOrder, extendOrder } from "./commands/extend-order.ts";
import { type FulfilOrder, fulfilOrder } from "./commands/fulfil-order.ts";
import { type PlaceOrder, placeOrder } from "./commands/place-order.ts";
import { type ReceiveTransfer, receiveTransfer } from "./commands/receive-transfer.ts";
import { type RecordRefund, recordRefund } from "./commands/record-refund.ts";
import { type RecordRepayment, recordRepayment } from "./commands/record-repayment.ts";
import { type ReverseSale, reverseSale } from "./commands/reverse-sale.ts";
import { type ReviewLatePayment, reviewLatePayment } from "./commands/review-late-payment.ts";
import { type ShipTransfer, shipTransfer } from "./commands/ship-transfer.ts";
import type { ClaimedName, EntityName } from "./entities.ts";

/** All that can be asked of Holdfast. */
export type Command =
  | CreateProduct
  | ChangeProduct
  | CreateLocation
  | ChangeLocation
  | AdjustStock
  | CountStock
  | ChangeLevel
  | PlaceOrder
  | ChangeOrder
  | ChangeLines
  | ConfirmOrder
  | CancelOrder
  | ExpireOrder
  | ExtendOrder
  | EraseCustomer
  | CorrectStock
  | ReviewLatePayment
  | RecordRefund
  | FulfilOrder
  | ReverseSale
  | RecordRepayment
  | CreateTransfer
  | ShipTransfer
  | ReceiveTransfer
  | CloseTransfer
  | CancelTransfer;

/** The command of a type. */
export type CommandOf<T extends Command["type"]> = Extract<Command, { readonly type: T }>;

type CommandType = Command["type"];

/** A command's module, whatever its subject is. */
type ModuleOf<C> = { [S in EntityName]: CommandModule<C, S> }[EntityName];

/** The rules of the game: every command's module, by its type. */
const modules = {
  CreateProduct: createProduct,
  ChangeProduct: changeProduct,
  CreateLocation: createLocation,
  ChangeLocation: changeLocation,
  AdjustStock: adjustStock,
  CountStock: countStock,
  ChangeLevel: changeLevel,
  PlaceOrder: placeOrder,
  ChangeOrder: changeOrder,
  ChangeLines: changeLines,
  ConfirmOrder: confirmOrder,
  CancelOrder: cancelOrder,
  ExpireOrder: expireOrder,
  ExtendOrder: extendOrder,
  EraseCustomer: eraseCustomer,
  CorrectStock: correctStock,
  ReviewLatePayment: reviewLatePayment,
  RecordRefund: recordRefund,
  FulfilOrder: fulfilOrder,
  ReverseSale: reverseSale,
  RecordRepayment: recordRepayment,
  CreateTransfer: createTransfer,
  ShipTransfer: shipTransfer,
  ReceiveTransfer: receiveTransfer,
  CloseTransfer: closeTransfer,
  CancelTransfer: cancelTransfer,
} satisfies { readonly [T in CommandType]: ModuleOf<CommandOf<T>> };

export const commandTypes = Object.keys(modules) as readonly CommandType[];

/** What a command is about, and answers with: the entity as it is after it. */
export type SubjectOf<C extends Command> = Shown<(typeof modules)[C["type"]]["subject"]["of"]>;

/** A command's module. Throws `Bug` where there is no such command. */
export function moduleOf(command: Command): CommandModule<Command, EntityName> {
  const module: unknown = modules[command.type];
  assert(module !== undefined, `there is no command ${command.type}`);
  return module as CommandModule<Command, EntityName>;
}

/** Whether nothing may happen: the command only asks what would. */
export function isDryRun(command: Command): boolean {
  return "dryRun" in command && command.dryRun === true;
}

/** The idempotency key that a command carries. */
export function claimOf(command: Command): Claim | undefined {
  return "claim" in command ? command.claim : undefined;
}

/** What the idempotency key of a command makes. */
export function claimedBy(command: Command): ClaimedName {
  const { subject, keyMakes } = moduleOf(command);
  return keyMakes?.of ?? (subject.of as ClaimedName);
}
