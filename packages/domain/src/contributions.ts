import { declarationOf, type Entities, type Entity, type EntityName, entityNames } from "./entities.ts";
import type { Account, Accounts, Contribution, Part } from "./entity-declaration.ts";

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
  const { contributes, searched } = declarationOf(name);
  const contribution = contributes?.[account];
  if (contribution === undefined) return [];
  const counter = counterOf<A>(contribution, searched["status"]?.(entity));
  if (counter === undefined) return [];
  return partsOf(account, name, entity).map(({ key, units }) => ({ key, counter, units: Number(units) }));
}

/** An entity's part in an account, wherever it counts. */
export function partsOf<N extends EntityName>(
  account: Account,
  name: N,
  entity: Entities[N],
): { readonly key: string; readonly units: unknown }[] {
  const { contributes, searchedParts } = declarationOf(name);
  const contribution = contributes?.[account];
  if (contribution === undefined) return [];
  const { each, units } = contribution;
  const list = typeof each === "string" ? searchedParts[each] : each;
  const parts = list === undefined ? [entity as unknown as Part] : list(entity);
  const { keyOf } = declarationOf(account);
  return parts.map((part) => ({ key: keyOf(part as never), units: part[units] }));
}

/** The counter under which an entity of a status counts; `undefined` where it counts nowhere. */
export function counterOf<A extends Account>(
  { counter }: Pick<Contribution<never, A>, "counter">,
  status: unknown,
): Accounts[A] | undefined {
  if (typeof counter === "string") return counter;
  return (counter as Readonly<Record<string, Accounts[A]>>)[String(status)];
}

/** The entities that contribute to levels, and how. */
export const levelContributions: readonly (readonly [EntityName, Contribution<Entity, "levels">])[] =
  entityNames.flatMap((name) => {
    const contribution = declarationOf(name).contributes?.levels;
    return contribution === undefined ? [] : [[name, contribution as Contribution<Entity, "levels">] as const];
  });
