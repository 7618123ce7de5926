export { afterWrites } from "./after-writes.ts";
export {
  actor,
  adjust,
  adjustmentId,
  cancel,
  claim,
  confirm,
  correct,
  correctionId,
  create,
  expire,
  idOf,
  levelNamed,
  orderId,
  place,
  refund,
  review,
} from "./commands.ts";
export { stockOf, wordOf } from "./words.ts";
