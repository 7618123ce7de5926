import { expect, test } from "vitest";
import type { Command } from "./commands.ts";
import {
  cancelSold,
  changeCart,
  claim,
  confirm,
  create,
  fulfil,
  place,
  receive,
  repay,
  send,
  ship,
} from "./testing/commands.ts";
import { RulesShop } from "./testing/rules-shop.ts";

/** Of each command that a key makes something of beside its order or transfer: the same body under one key, for one of them and for another. */
const ofTwo: readonly (readonly [string, (of: "1" | "2") => Command])[] = [
  ["a fulfilment", (of) => fulfil(`f${of}`, `sold-${of}`, { tea: 1 }, claim("k"))],
  ["a cancellation", (of) => cancelSold(`r${of}`, `sold-${of}`, { tea: 1 }, claim("k"))],
  ["a repayment", (of) => repay(`m${of}`, `due-${of}`, 100, claim("k"))],
  ["a change of lines", (of) => changeCart(`open-${of}`, { tea: 2 }, claim("k"))],
  ["a receipt", (of) => receive(`e${of}`, `t${of}`, { tea: 1 }, claim("k"))],
];

test.each(ofTwo)("%s is answered under its key for its own order or transfer alone", (_what, ask) => {
  const shop = new RulesShop();
  shop.ask(create("tea", 100));
  for (const of of ["1", "2"]) {
    const [sold, due, open, transfer] = [`sold-${of}`, `due-${of}`, `open-${of}`, `t${of}`];
    shop.ask(place(sold, { tea: 2 }), confirm(sold, sold), place(due, { tea: 2 }), confirm(due, due));
    shop.ask(cancelSold(due, due), place(open, { tea: 1 }));
    shop.ask(send(transfer, "main", "berlin", { tea: 3 }), ship(transfer));
  }
  expect(shop.ask(ask("1"), ask("1"))).toEqual(["ok", "replayed"]);
  const before = shop.snapshot;
  expect(shop.ask(ask("2"))).toEqual(["idempotency_key_reused"]);
  expect(shop.snapshot).toEqual(before);
});
