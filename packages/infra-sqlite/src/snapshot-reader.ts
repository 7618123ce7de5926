import {
  type Batch,
  type ClaimedName,
  type Command,
  claimedNames,
  claimKeyOf,
  declarationOf,
  type Entity,
  type EntityName,
  eachEntity,
  entityNames,
  isReadable,
  type Loaded,
  levelNameOf,
  type Read,
  ReadPlan,
  type Reads,
  type Snapshot,
  type Trust,
  type Write,
} from "@holdfast/domain";
import { entityTables } from "./entity-table.ts";
import { RecountReader } from "./recount-reader.ts";
import { allRows, entityOf, firstRow } from "./rows.ts";
import type { SqlDatabase, SqlStatement } from "./sql-database.ts";

/** How many products are cached, and how many locations: a few megabytes. */
const keptMax = 20_000;

/** Each order reads some, and few of them ever change. */
const keptNames = ["products", "locations"] as const satisfies readonly EntityName[];

interface Statements {
  readonly byKey: SqlStatement;
  readonly byClaim: SqlStatement | undefined;
}

/** Loads what a batch of commands reads. Call it inside a transaction: then it is one consistent read. */
export class SnapshotReader {
  readonly #statements: { readonly [N in EntityName]: Statements };
  readonly #recounts: RecountReader;
  /** Products and locations as of the commit that the journal had come to. */
  readonly #kept: { readonly [N in EntityName]?: Map<string, Entity> } = { products: new Map(), locations: new Map() };
  #active: readonly Read<Entity>[] | undefined;
  readonly #locations: SqlStatement;
  #journalEnd = -1;

  constructor(db: SqlDatabase) {
    this.#recounts = new RecountReader(db);
    this.#locations = db.prepare(`SELECT ${entityTables.locations.selected} FROM locations`);
    this.#statements = eachEntity((name) => {
      const { byKey, byClaim } = entityTables[name];
      return { byKey: db.prepare(byKey), byClaim: byClaim === undefined ? undefined : db.prepare(byClaim) };
    });
  }

  /** `journalEnd`: the last position that this read sees. */
  read(commands: readonly Command[], journalEnd: number): Snapshot {
    this.#comeTo(journalEnd);
    const plan = new ReadPlan(commands);
    for (let reads = plan.next(); reads !== undefined; reads = plan.next()) plan.add(this.#load(reads));
    return plan.snapshot;
  }

  /**
   * What `read` will find once a batch is written, which follows on what this read sees. `undefined` where that takes more than its entities:
   * a level that is added up anew, or a list of places of which it changes one.
   */
  readAhead(commands: readonly Command[], journalEnd: number, writes: Batch["writes"]): Snapshot | undefined {
    this.#comeTo(journalEnd);
    const plan = new ReadPlan(commands);
    for (let reads = plan.next(); reads !== undefined; reads = plan.next()) {
      if (reads.recounts.size + reads.fullRecounts.size > 0) return undefined;
      if (reads.lists.size > 0 && writes.locations.length > 0) return undefined;
      plan.add(withWrites(this.#load(reads), reads, writes));
    }
    return plan.snapshot;
  }

  #comeTo(journalEnd: number): void {
    if (journalEnd !== this.#journalEnd) {
      for (const name of keptNames) this.#kept[name]?.clear();
      this.#active = undefined;
    }
    this.#journalEnd = journalEnd;
  }

  /** The batch that was read last is committed: what is cached is valid for the new end of the journal. */
  committed({ writes }: Pick<Batch, "writes">): void {
    this.#journalEnd += 1;
    for (const name of keptNames) {
      const { keyOf } = declarationOf(name);
      for (const { after } of writes[name]) this.#kept[name]?.delete(keyOf(after as never));
    }
    if (writes.locations.length > 0) this.#active = undefined;
  }

  #load(reads: Reads): Loaded {
    const loaded = eachEntity<{ readonly [N in EntityName]: Read<Entity>[] }>((name) =>
      this.#loadNamed(name, reads[name]),
    );
    if (reads.lists.has("activeLocations")) loaded.locations.push(...this.#activeLocations());
    for (const name of claimedNames) loaded[name].push(...this.#byClaim(name, reads.claims[name]));
    const recounted = (keys: Iterable<string>, trust: Trust) =>
      [...keys].map((key) => this.#recounts.read(levelNameOf(key), trust));
    const recounts = [...recounted(reads.recounts, "always"), ...recounted(reads.fullRecounts, "never")];
    return { ...(loaded as Loaded), recounts };
  }

  /** All that are active. What cannot be read is none of them, and stands in nothing's way. */
  #activeLocations(): readonly Read<Entity>[] {
    this.#active ??= allRows(this.#locations)
      .map((row) => entityOf("locations", row))
      .filter((location) => isReadable(location) && location.active);
    return this.#active;
  }

  #loadNamed(name: EntityName, keys: Iterable<string>): Read<Entity>[] {
    const kept = this.#kept[name];
    if (kept === undefined) return this.#byKey(name, keys);
    const found: Read<Entity>[] = [];
    const unknown: string[] = [];
    for (const key of keys) {
      const known = kept.get(key);
      if (known === undefined) unknown.push(key);
      else found.push(known);
    }
    const { keyOf } = declarationOf(name);
    for (const entity of this.#byKey(name, unknown)) {
      found.push(entity);
      if (!isReadable(entity)) continue;
      if (kept.size === keptMax) kept.clear();
      kept.set(keyOf(entity as never), entity);
    }
    return found;
  }

  #byKey(name: EntityName, keys: Iterable<string>): Read<Entity>[] {
    const table = entityTables[name];
    const { byKey } = this.#statements[name];
    const found: Read<Entity>[] = [];
    for (const key of keys) {
      const row = firstRow(byKey, ...table.keyValues(key));
      if (row !== undefined) found.push(entityOf(name, row));
    }
    return found;
  }

  #byClaim(name: ClaimedName, keys: Iterable<string>): Read<Entity>[] {
    const { byClaim } = this.#statements[name];
    const found: Read<Entity>[] = [];
    for (const key of keys) {
      const row = byClaim && firstRow(byClaim, key);
      if (row !== undefined) found.push(entityOf(name, row));
    }
    return found;
  }
}

/** What was loaded, as it is once a batch is written. */
function withWrites(loaded: Loaded, reads: Reads, writes: Batch["writes"]): Loaded {
  const changed = entityNames.flatMap((name) => {
    const written = writtenOf(name, reads, writes[name]);
    if (written.size === 0) return [];
    const { keyOf } = declarationOf(name);
    const keyed = (each: Read<Entity>) => [isReadable(each) ? keyOf(each as never) : each.id, each] as const;
    const before: readonly Read<Entity>[] = loaded[name] ?? [];
    // In the order in which they would be read.
    const asked = new Map<string, Read<Entity> | undefined>([...reads[name]].map((key) => [key, undefined]));
    const after = new Map([...asked, ...before.map(keyed), ...written]);
    return [[name, [...after.values()].filter((each) => each !== undefined)]];
  });
  return changed.length === 0 ? loaded : { ...loaded, ...Object.fromEntries(changed) };
}

/** The entities that were asked for, by key or by claim, and that a batch writes, by their keys; `undefined`: it is gone then. */
function writtenOf(
  name: EntityName,
  reads: Reads,
  writes: readonly Write<Entity>[],
): ReadonlyMap<string, Entity | undefined> {
  const { keyOf, isGone } = declarationOf(name);
  const claims = isClaimed(name) ? reads.claims[name] : undefined;
  const written = new Map<string, Entity | undefined>();
  for (const { after } of writes) {
    const key = keyOf(after as never);
    const claim = claims && claimKeyOf(after);
    if (!reads[name].has(key) && (claim === undefined || !claims?.has(claim))) continue;
    written.set(key, isGone?.(after as never) ? undefined : after);
  }
  return written;
}

function isClaimed(name: EntityName): name is ClaimedName {
  return (claimedNames as readonly EntityName[]).includes(name);
}
