import type { Command } from "@holdfast/domain";
import { adjustStockModel } from "./adjust-stock.ts";
import { cancelOrderModel } from "./cancel-order.ts";
import type { CommandModel } from "./command-model.ts";
import { confirmOrderModel } from "./confirm-order.ts";
import { correctStockModel } from "./correct-stock.ts";
import { createProductModel } from "./create-product.ts";
import { expireOrderModel } from "./expire-order.ts";
import { placeOrderModel } from "./place-order.ts";
import { recordRefundModel } from "./record-refund.ts";
import { reviewLatePaymentModel } from "./review-late-payment.ts";

/** How each command is played. Does not compile with one missing. */
export const models = {
  CreateProduct: createProductModel,
  AdjustStock: adjustStockModel,
  PlaceOrder: placeOrderModel,
  ConfirmOrder: confirmOrderModel,
  RecordRefund: recordRefundModel,
  ReviewLatePayment: reviewLatePaymentModel,
  CancelOrder: cancelOrderModel,
  ExpireOrder: expireOrderModel,
  CorrectStock: correctStockModel,
} satisfies { readonly [T in Command["type"]]: CommandModel<Extract<Command, { type: T }>> };

/** The same for loops: each takes the commands of its own type. */
export const allModels = Object.entries(models) as unknown as readonly (readonly [
  Command["type"],
  CommandModel<Command>,
])[];

/** A command's model. */
export function modelOf({ type }: Command): CommandModel<Command> {
  return models[type] as unknown as CommandModel<Command>;
}
