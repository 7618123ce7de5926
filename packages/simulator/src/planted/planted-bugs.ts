import type { Planted } from "../world.ts";
import { correctionBugs } from "./correction-bugs.ts";
import { engineBugs } from "./engine-bugs.ts";
import { feedBugs } from "./feed-bugs.ts";
import { forgetfulStores } from "./forgetful-stores.ts";
import { holdingBugs } from "./holding-bugs.ts";
import { latePaymentBugs } from "./late-payment-bugs.ts";
import { levelFoldBugs } from "./level-fold-bugs.ts";
import { moneyBugs } from "./money-bugs.ts";
import { ruleBugs } from "./rule-bugs.ts";
import { storeBugs } from "./store-bugs.ts";
import { workerBugs } from "./worker-bugs.ts";

/** Bugs that the simulator has to find, by what is wrong. Each is a mistake that someone could make. */
export const plantedBugs: Readonly<Record<string, Planted>> = {
  ...ruleBugs,
  ...latePaymentBugs,
  ...holdingBugs,
  ...correctionBugs,
  ...levelFoldBugs,
  ...moneyBugs,
  ...storeBugs,
  ...forgetfulStores,
  ...workerBugs,
  ...feedBugs,
  ...engineBugs,
};
