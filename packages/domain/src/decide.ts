import { unreachable } from "./bug.ts";
import type { Command } from "./commands.ts";
import { type Decision, refuse } from "./decision.ts";
import type { Instant } from "./ids.ts";
import { adjustStock } from "./rules/adjust-stock.ts";
import { cancelOrder } from "./rules/cancel-order.ts";
import { confirmOrder } from "./rules/confirm-order.ts";
import { correctStock } from "./rules/correct-stock.ts";
import { createProduct } from "./rules/create-product.ts";
import { expireOrder } from "./rules/expire-order.ts";
import { placeOrder } from "./rules/place-order.ts";
import { recordRefund } from "./rules/record-refund.ts";
import { reviewLatePayment } from "./rules/review-late-payment.ts";
import type { Snapshot } from "./snapshot.ts";
import { unreadableFor } from "./unreadable-needs.ts";

/**
 * The rules of the game: what happens when this is asked, now, in this state.
 *
 * Pure: it reads no clock, draws no random number and changes nothing. `snapshot` has all that `needs` named. Where it has
 * a record that could not be read, no rule is asked.
 */
export function decide(snapshot: Snapshot, command: Command, now: Instant): Decision {
  const record = unreadableFor(snapshot, command);
  if (record !== undefined) {
    return refuse({ code: "record_unreadable", kind: record.kind, id: record.id, reason: record.reason });
  }
  switch (command.type) {
    case "CreateProduct":
      return createProduct(snapshot, command, now);
    case "AdjustStock":
      return adjustStock(snapshot, command, now);
    case "PlaceOrder":
      return placeOrder(snapshot, command, now);
    case "ConfirmOrder":
      return confirmOrder(snapshot, command, now);
    case "CancelOrder":
      return cancelOrder(snapshot, command, now);
    case "ExpireOrder":
      return expireOrder(snapshot, command, now);
    case "CorrectStock":
      return correctStock(snapshot, command, now);
    case "ReviewLatePayment":
      return reviewLatePayment(snapshot, command, now);
    case "RecordRefund":
      return recordRefund(snapshot, command, now);
    default:
      return unreachable(command);
  }
}
