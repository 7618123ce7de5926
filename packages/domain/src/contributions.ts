import { declarationOf, type Entities, type EntityName } from "./entities.ts";
import type { Account, Accounts, Part } from "./entity-declaration.ts";

/** Units that an entity contributes to one counter of an account's entity. */
export interface Contributed<A extends Account> {
  /** Of the account's entity: a `levelKey`, a `holderKey`. */
  readonly key: string;
  readonly counter: Accounts[A];
  readonly units: number;
}

/** What an entity contributes to an account, as it is now. */
export function contributionsOf<A extends Account, N extends EntityName>(
  account: A,
  name: N,
  entity: Entities[N],
): Contributed<A>[] {
  const { contributes, searched, searchedParts } = declarationOf(name);
  const found: Contributed<A>[] = [];
  for (const { to, each, units, counter: declared } of contributes ?? []) {
    if (to !== account) continue;
    const status = searched["status"]?.(entity);
    const counter = typeof declared === "string" ? declared : declared[status as keyof typeof declared];
    if (counter === undefined) continue;
    const { keyOf } = declarationOf(account);
    for (const part of partsOf(entity, typeof each === "string" ? searchedParts[each] : each)) {
      found.push({ key: keyOf(part as never), counter: counter as Accounts[A], units: Number(part[units]) });
    }
  }
  return found;
}

function partsOf<E>(entity: E, parts: ((entity: E) => readonly Part[]) | undefined): readonly Part[] {
  return parts === undefined ? [entity as Part] : parts(entity);
}
