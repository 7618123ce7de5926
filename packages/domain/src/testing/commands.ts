import type { Command, CommandOf } from "../commands.ts";
import { erase } from "./customers.ts";
import { fulfil } from "./fulfilments.ts";
import { changePlace, open } from "./locations.ts";
import { claim } from "./names.ts";
import { cancel, changeCart, confirm, expire, extend, note, place, refund, review } from "./orders.ts";
import { change, create } from "./products.ts";
import { giveBack, repay } from "./reversals.ts";
import { adjust, changeLevel, correct, count } from "./stock.ts";
import { callOff, closeShort, receive, send, ship } from "./transfers.ts";

// Short words for commands, in the tests of every package. They stand in the domain, because its own tests use them and it
// imports nothing. Orders, adjustments and corrections have short names: `place("o1", { tea: 2 })`, `confirm("o1")`.

export * from "./customers.ts";
export * from "./fulfilments.ts";
export * from "./locations.ts";
export {
  actor,
  adjustmentId,
  claim,
  correctionId,
  fulfilmentId,
  idOf,
  levelKeyNamed,
  levelNamed,
  orderId,
  receiptId,
  repaymentId,
  reversalId,
  transferId,
} from "./names.ts";
export * from "./orders.ts";
export * from "./products.ts";
export * from "./reversals.ts";
export * from "./stock.ts";
export * from "./transfers.ts";

/** Each command once, in an order in which all that can be is accepted: what every store has to keep. */
export const oneOfEach: { readonly [T in Command["type"]]: CommandOf<T> } = {
  CreateProduct: create("tea", 10, claim("created")),
  ChangeProduct: change("tea", { name: "Finer tea", ifVersion: 1 }),
  CreateLocation: { ...open("berlin"), ...claim("opened") },
  ChangeLocation: changePlace("berlin", { priority: 2 }),
  AdjustStock: adjust("a1", "tea", 5, claim("adjusted")),
  CountStock: count("a2", "tea", 15, claim("counted")),
  ChangeLevel: changeLevel("tea", { lowStockThreshold: 3 }),
  PlaceOrder: place("o1", { tea: 1 }, { ...claim("placed"), customerId: "ada" }),
  ChangeOrder: note("o1", { reference: "A-1", metadata: { channel: "web" }, ifVersion: 1 }),
  ChangeLines: changeCart("o1", { tea: 2 }, { ifVersion: 2, ...claim("changed") }),
  ExtendOrder: extend("o1", 1),
  EraseCustomer: erase("o1", "ada", "erased"),
  ConfirmOrder: confirm("o1", "pi_1"),
  RecordRefund: refund("o1", "pi_1"),
  ReviewLatePayment: review("o1", "SELL"),
  CancelOrder: cancel("o1"),
  ExpireOrder: expire("o1"),
  FulfilOrder: fulfil("f1", "o1", { tea: 1 }, claim("fulfilled")),
  ReverseSale: giveBack("r1", "o1", { tea: 1 }, claim("reversed")),
  RecordRepayment: repay("m1", "o1", 400, claim("repaid")),
  CorrectStock: { ...correct("c1", "tea", 15, 0, 1), ...claim("corrected") },
  CreateTransfer: send("t1", "main", "berlin", { tea: 3 }, claim("sent")),
  ShipTransfer: ship("t1"),
  ReceiveTransfer: receive("e1", "t1", { tea: 1 }, claim("received")),
  CloseTransfer: closeShort("t1", { note: "the parcel was open" }),
  CancelTransfer: callOff("t1"),
};
