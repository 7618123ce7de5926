import { simulate } from "../simulate.ts";
import type { Planted } from "../world.ts";
import { allocationBugs } from "./allocation-bugs.ts";
import { catalogueBugs } from "./catalogue-bugs.ts";
import { correctionBugs } from "./correction-bugs.ts";
import { detailsBugs } from "./details-bugs.ts";
import { engineBugs } from "./engine-bugs.ts";
import { erasureBugs } from "./erasure-bugs.ts";
import { extensionBugs } from "./extension-bugs.ts";
import { feedBugs } from "./feed-bugs.ts";
import { forgetfulStores } from "./forgetful-stores.ts";
import { fulfilmentBugs } from "./fulfilment-bugs.ts";
import { holdingBugs } from "./holding-bugs.ts";
import { latePaymentBugs } from "./late-payment-bugs.ts";
import { levelFoldBugs } from "./level-fold-bugs.ts";
import { linesBugs } from "./lines-bugs.ts";
import { locationBugs } from "./location-bugs.ts";
import { moneyBugs } from "./money-bugs.ts";
import { policyBugs } from "./policy-bugs.ts";
import { replacementBugs } from "./replacement-bugs.ts";
import { reversalBugs } from "./reversal-bugs.ts";
import { ruleBugs } from "./rule-bugs.ts";
import { stockAlertBugs } from "./stock-alert-bugs.ts";
import { stockEditBugs } from "./stock-edit-bugs.ts";
import { stockListBugs } from "./stock-list-bugs.ts";
import { storeBugs } from "./store-bugs.ts";
import { transferBugs } from "./transfer-bugs.ts";
import { workerBugs } from "./worker-bugs.ts";

/** Bugs that the simulator has to find, by what is wrong. Each is a mistake that someone could make. */
export const plantedBugs: Readonly<Record<string, Planted>> = {
  ...ruleBugs,
  ...catalogueBugs,
  ...locationBugs,
  ...allocationBugs,
  ...latePaymentBugs,
  ...holdingBugs,
  ...correctionBugs,
  ...levelFoldBugs,
  ...moneyBugs,
  ...extensionBugs,
  ...erasureBugs,
  ...fulfilmentBugs,
  ...detailsBugs,
  ...linesBugs,
  ...policyBugs,
  ...replacementBugs,
  ...reversalBugs,
  ...stockEditBugs,
  ...stockAlertBugs,
  ...stockListBugs,
  ...transferBugs,
  ...storeBugs,
  ...forgetfulStores,
  ...workerBugs,
  ...feedBugs,
  ...engineBugs,
};

/** The first seed, from 1 on, that finds a planted bug, and its finding; `undefined` if none does. */
export async function findBug(
  planted: Planted,
  seedsMax: number,
): Promise<{ readonly seed: number; readonly violation: string } | undefined> {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const [violation] = (await simulate(seed, { planted })).violations;
    if (violation !== undefined) return { seed, violation };
  }
  return undefined;
}
