import type { CommandOf, ProductPolicies, Sku } from "@holdfast/domain";
import { contradicts } from "../checks/policy-rules.ts";
import type { ProductState } from "../checks/product-book.ts";
import { unexpected } from "../checks/witness.ts";
import { gem } from "../people/crowd.ts";
import type { Person } from "../people/person.ts";
import { randomPoliciesChange } from "../people/random-policies.ts";
import type { Random } from "../random.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type ChangeProduct = CommandOf<"ChangeProduct">;

export const changeProductModel: CommandModel<ChangeProduct> = {
  occasions: [{ when: "anytime", weight: ({ crowd }) => (crowd.hasPolicies ? 0.15 : 0.05), ask: edit }],
  *replyFaults(witness, { command, reply, from, to }) {
    const { sku, ifVersion } = command;
    const states = witness.productBetween(sku, from, to);
    if (reply.kind === "ok") {
      if (!states.some((state) => isAsAsked(command, state))) yield `the change of ${sku} was acknowledged and is lost`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_changed") {
      const { version } = reply.failure;
      const isStale = ifVersion !== undefined && ifVersion !== version;
      if (!isStale || !states.some((state) => state.version === version))
        yield `${sku} was falsely said to have changed`;
    } else if (reply.kind === "refused" && reply.failure.code === "product_not_found") {
      yield* witness.noProducts(reply.failure.skus, from);
    } else if (reply.kind === "refused" && reply.failure.code === "policies_contradictory") {
      if (!states.some(({ policies }) => contradicts(changed(policies, command))))
        yield `${sku} was refused policies that an order can keep`;
    } else if (reply.kind !== "not_written") yield* unexpected("ChangeProduct", reply);
  },
  *historyFaults(witness, requests) {
    // Each version is one that was asked for, of the version that its caller had seen.
    const states = witness.productStates();
    for (const [index, state] of states.entries()) {
      if (state.version === 1) continue;
      const before = states[index - 1];
      const asked = requests.some(
        (request) =>
          request.sku === state.sku &&
          isAsAsked(request, state) &&
          (request.ifVersion === undefined || request.ifVersion === before?.version),
      );
      if (!asked) yield `version ${state.version} of ${state.sku} was asked for of no version before it`;
    }
  },
  sequence: {
    share: 0.08,
    draw: ({ random, sku }) => {
      const ifVersion = random.chance(0.3) ? { ifVersion: random.between(1, 3) } : {};
      return changeProduct({ sku, ...randomChange(random, sku, random.chance(0.4)), ...ifVersion });
    },
  },
};

/** Policies as a change would have them. */
function changed(before: ProductPolicies, { policies = {} }: ChangeProduct): ProductPolicies {
  const left = Object.entries({ ...before, ...policies }).filter(([, value]) => value !== null);
  return Object.fromEntries(left);
}

function isAsAsked({ name, price, archived, policies = {} }: ChangeProduct, state: ProductState): boolean {
  return (
    Object.entries(policies).every(
      ([policy, value]) =>
        JSON.stringify(state.policies[policy as keyof ProductPolicies] ?? null) === JSON.stringify(value),
    ) &&
    (name === undefined || name === state.name) &&
    (price === undefined || price.amount === state.price.amount) &&
    (archived === undefined || archived === state.archived)
  );
}

/** Someone edits a product as it was when they looked, or takes it off sale for a moment. */
async function edit(person: Person): Promise<void> {
  const { random, crowd, database, time } = person.world;
  const sku = random.pick(random.chance(0.05) ? [...crowd.skus, ...crowd.laterSkus] : crowd.skus);
  if (random.chance(0.2)) {
    await person.ask(() => changeProduct({ sku, archived: true }));
    await time.sleep(random.between(0, 200));
    await person.ask(() => changeProduct({ sku, archived: false }));
    return;
  }
  const seen = database.tables.entities.products.get(sku)?.version;
  const ask = async () => {
    const change = randomChange(random, sku, crowd.hasPolicies);
    if (random.chance(0.3)) await time.sleep(random.between(0, 100));
    const ifVersion = seen === undefined || random.chance(0.2) ? {} : { ifVersion: seen };
    await person.ask(() => changeProduct({ sku, ...change, ...ifVersion }));
  };
  // Two people at times, who have seen the same.
  await Promise.all(random.chance(0.5) ? [ask(), ask()] : [ask()]);
}

function randomChange(
  random: Random,
  sku: Sku,
  hasPolicies: boolean,
): Pick<ChangeProduct, "name" | "price" | "archived" | "policies"> {
  if (hasPolicies && random.chance(0.7)) return { policies: randomPoliciesChange(random) };
  const name = `Fine ${sku} ${random.between(1, 3)}`;
  const price = { amount: random.between(1, 900), currency: sku === "fan" ? "JPY" : "EUR" };
  const changes = [{ name }, { price }, { name, price }, { archived: false }];
  // The price of the gem says when an order costs too much.
  return sku === gem ? { name } : random.pick(changes);
}

export function changeProduct(body: Body<ChangeProduct>): ChangeProduct {
  return { type: "ChangeProduct", actor: shopKey, ...body };
}
