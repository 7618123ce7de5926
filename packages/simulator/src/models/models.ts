import type { Command, CommandOf } from "@holdfast/domain";
import { adjustStockModel } from "./adjust-stock.ts";
import { cancelOrderModel } from "./cancel-order.ts";
import { cancelTransferModel } from "./cancel-transfer.ts";
import { changeLevelModel } from "./change-level.ts";
import { changeLinesModel } from "./change-lines.ts";
import { changeLocationModel } from "./change-location.ts";
import { changeOrderModel } from "./change-order.ts";
import { changeProductModel } from "./change-product.ts";
import { closeTransferModel } from "./close-transfer.ts";
import type { CommandModel, Occasion } from "./command-model.ts";
import { confirmOrderModel } from "./confirm-order.ts";
import { correctStockModel } from "./correct-stock.ts";
import { countStockModel } from "./count-stock.ts";
import { createLocationModel } from "./create-location.ts";
import { createProductModel } from "./create-product.ts";
import { createTransferModel } from "./create-transfer.ts";
import { eraseCustomerModel } from "./erase-customer.ts";
import { expireOrderModel } from "./expire-order.ts";
import { extendOrderModel } from "./extend-order.ts";
import { fulfilOrderModel } from "./fulfil-order.ts";
import { placeOrderModel } from "./place-order.ts";
import { receiveTransferModel } from "./receive-transfer.ts";
import { recordRefundModel } from "./record-refund.ts";
import { recordRepaymentModel } from "./record-repayment.ts";
import { reverseSaleModel } from "./reverse-sale.ts";
import { reviewLatePaymentModel } from "./review-late-payment.ts";
import { shipTransferModel } from "./ship-transfer.ts";

/** How each command is played. Does not compile if one is missing. */
export const models = {
  CreateProduct: createProductModel,
  ChangeProduct: changeProductModel,
  CreateLocation: createLocationModel,
  ChangeLocation: changeLocationModel,
  AdjustStock: adjustStockModel,
  CountStock: countStockModel,
  ChangeLevel: changeLevelModel,
  PlaceOrder: placeOrderModel,
  ChangeOrder: changeOrderModel,
  ChangeLines: changeLinesModel,
  ConfirmOrder: confirmOrderModel,
  RecordRefund: recordRefundModel,
  ReviewLatePayment: reviewLatePaymentModel,
  CancelOrder: cancelOrderModel,
  ExpireOrder: expireOrderModel,
  ExtendOrder: extendOrderModel,
  EraseCustomer: eraseCustomerModel,
  CorrectStock: correctStockModel,
  FulfilOrder: fulfilOrderModel,
  ReverseSale: reverseSaleModel,
  RecordRepayment: recordRepaymentModel,
  CancelTransfer: cancelTransferModel,
  CloseTransfer: closeTransferModel,
  CreateTransfer: createTransferModel,
  ReceiveTransfer: receiveTransferModel,
  ShipTransfer: shipTransferModel,
} satisfies { readonly [T in Command["type"]]: CommandModel<CommandOf<T>> };

/** The same for loops: each takes the commands of its own type. */
export const allModels = Object.entries(models) as unknown as readonly (readonly [
  Command["type"],
  CommandModel<Command>,
])[];

/** Everything that people ask, by occasion. */
export const occasions = {
  anytime: occasionsOf("anytime"),
  ordered: occasionsOf("ordered"),
  later: occasionsOf("later"),
  edited: occasionsOf("edited"),
};

function occasionsOf<When extends Occasion["when"]>(when: When) {
  const all = allModels.flatMap(([, model]) => model.occasions);
  return all.filter((occasion): occasion is Extract<Occasion, { when: When }> => occasion.when === when);
}

/** A command's model. */
export function modelOf({ type }: Command): CommandModel<Command> {
  return models[type] as unknown as CommandModel<Command>;
}
