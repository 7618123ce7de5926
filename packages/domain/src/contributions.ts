import { declarationOf, type Entities, type Entity, type EntityName, entityNames } from "./entities.ts";
import type { Account, Accounts, Contribution, Part, PerUnit } from "./entity-declaration.ts";

/** Units that an entity contributes to one counter of an account's entity. */
export interface Contributed<A extends Account> {
  /** Of the account's entity: a `levelKey`, a `holderKey`. */
  readonly key: string;
  readonly counter: Accounts[A];
  /** Below zero where it takes from the counter. */
  readonly units: number;
  /** Whether each unit adds to the counter. */
  readonly adds: boolean;
}

/** What an entity contributes to an account, as it is now. */
export function contributionsOf<A extends Account, N extends EntityName>(
  account: A,
  name: N,
  entity: Entities[N],
): Contributed<A>[] {
  const contribution = declarationOf(name).contributes?.[account];
  if (contribution === undefined) return [];
  return partsOf(account, name, entity).flatMap(({ key, units, status }) => {
    const added = Object.entries(perUnitOf<A>(contribution, status) ?? {}) as [Accounts[A], 1 | -1][];
    return added.map(([counter, times]) => ({ key, counter, units: times * Number(units), adds: times > 0 }));
  });
}

/** An entity's part in an account, wherever it counts. */
export function partsOf<N extends EntityName>(
  account: Account,
  name: N,
  entity: Entities[N],
): { readonly key: string; readonly units: unknown; readonly status: unknown }[] {
  const { contributes, searched, searchedParts } = declarationOf(name);
  const contribution = contributes?.[account];
  if (contribution === undefined) return [];
  const { each, units, statusIn } = contribution;
  const list = typeof each === "string" ? searchedParts[each] : each;
  const parts = list === undefined ? [entity as unknown as Part] : list(entity);
  const { keyOf } = declarationOf(account);
  const status = statusIn === undefined ? searched["status"]?.(entity) : undefined;
  return parts.map((part) => ({
    key: keyOf(part as never),
    units: part[units],
    status: statusIn === undefined ? status : part[statusIn],
  }));
}

/** What each unit of an entity of a status adds; `undefined` where it counts nowhere. */
export function perUnitOf<A extends Account>(
  { perUnit, byStatus, otherwise }: Pick<Contribution<never, A>, "perUnit" | "byStatus" | "otherwise">,
  status: unknown,
): PerUnit<A> | undefined {
  return perUnit ?? (byStatus as Readonly<Record<string, PerUnit<A>>> | undefined)?.[String(status ?? otherwise)];
}

/** The entities that contribute to levels, and how. */
export const levelContributions: readonly (readonly [EntityName, Contribution<Entity, "levels">])[] =
  entityNames.flatMap((name) => {
    const contribution = declarationOf(name).contributes?.levels;
    return contribution === undefined ? [] : [[name, contribution as Contribution<Entity, "levels">] as const];
  });
