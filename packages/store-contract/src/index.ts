export type { Bend, BendableDatabase, Spoil } from "./bendable-database.ts";
export {
  adjust,
  ContractShop,
  cancel,
  claim,
  confirm,
  correct,
  create,
  expire,
  idOf,
  orderId,
  place,
  review,
  wordOf,
} from "./contract-shop.ts";
export { describeStore } from "./describe-store.ts";
