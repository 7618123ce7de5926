import {
  assert,
  type Batch,
  type ClaimedName,
  type Command,
  claimKeyOf,
  declarationOf,
  type Entities,
  type Entity,
  type EntityName,
  eachClaimed,
  eachEntity,
  entities,
  entityNames,
  firstLocation,
  foldPlainly,
  type Instant,
  isReadable,
  type JournalEntry,
  journalEntryOf,
  type LevelName,
  type Loaded,
  levelKey,
  missingLevel,
  type Order,
  type Read,
  ReadPlan,
  type Reads,
  type RecordKind,
  type Recount,
  readJournalEntry,
  recountPlainly,
  type Snapshot,
  type StoredLevel,
  type Trust,
  Unreadable,
  type Write,
} from "@holdfast/domain";

const noKeys: readonly string[] = [];

type EntityMaps = { readonly [N in EntityName]: Map<string, Entities[N]> };

/** A whole database as plain maps: the simplest thing that a store can stand on. */
export class MemoryTables {
  readonly entities = eachEntity<EntityMaps>(() => new Map());
  /** The key of what an idempotency key has made. */
  readonly claims = eachClaimed<{ readonly [N in ClaimedName]: Map<string, string> }>(() => new Map());
  readonly journal: JournalEntry[] = [];
  /** The last entry that names a level, by `levelKey`. */
  readonly lastEntries = new Map<string, JournalEntry>();

  constructor() {
    this.entities.locations.set(firstLocation.id, firstLocation);
  }

  /** Loads what commands read and nothing more, so that a rule which looks further is found out. */
  load(commands: readonly Command[]): Snapshot {
    const plan = new ReadPlan(commands);
    for (let reads = plan.next(); reads !== undefined; reads = plan.next()) plan.add(this.#found(reads));
    return plan.snapshot;
  }

  #found(reads: Reads): Loaded {
    const listed = reads.lists.has("activeLocations") ? this.#activeLocations() : noKeys;
    const tables = eachEntity<{ readonly [N in EntityName]: readonly Read<Entity>[] }>((name) => [
      ...this.#read(name, name === "locations" ? new Set([...reads.locations, ...listed]) : reads[name]),
      ...(name in reads.claims ? this.#claimed(name as ClaimedName, reads.claims[name as ClaimedName]) : []),
    ]);
    const recounts = [...this.#recounts(reads.recounts, "always"), ...this.#recounts(reads.fullRecounts, "never")];
    return { ...(tables as Loaded), recounts };
  }

  #activeLocations(): string[] {
    return [...this.entities.locations].flatMap(([id, { active }]) => (active ? [id] : []));
  }

  #recounts(keys: Iterable<string>, trust: Trust): Read<Recount>[] {
    return [...keys].map((key) => {
      const level = this.entities.levels.get(key);
      return this.recount(level === undefined ? missingLevel(key) : entities.levels.read(key, level), trust);
    });
  }

  /** Those of the keys that are there; each is checked, since a test may have edited it. */
  #read(name: EntityName, keys: Iterable<string>): Read<Entity>[] {
    const { read } = declarationOf(name);
    return [...keys].flatMap((key) => {
      const stored = this.entities[name].get(key);
      return stored === undefined ? [] : [read(key, stored)];
    });
  }

  /** What idempotency keys have made. */
  #claimed(name: ClaimedName, claimKeys: Iterable<string>): Read<Entity>[] {
    const { read } = declarationOf(name);
    return [...claimKeys].flatMap((claimKey) => {
      const key = this.claims[name].get(claimKey);
      const stored = key === undefined ? undefined : this.entities[name].get(key);
      return key === undefined || stored === undefined ? [] : [read(key, stored, claimKey)];
    });
  }

  /** Whether every entity still is what the batch was decided on, and no key or id has been taken since. */
  unchangedSince({ writes }: Batch): boolean {
    return entityNames.every((name) =>
      (writes[name] as readonly Write<Entity>[]).every((write) => this.#isUnchanged(name, write)),
    );
  }

  /** Whether products and locations that were loaded are still as they were: what reads one conflicts with its change, as on other stores. */
  stillHas({ products, locations }: Pick<Snapshot, "products" | "locations">): boolean {
    return (
      [...products.values()].every(({ sku, version }) => this.entities.products.get(sku)?.version === version) &&
      [...locations.values()].every(({ id, version }) => this.entities.locations.get(id)?.version === version)
    );
  }

  #isUnchanged(name: EntityName, { before, after }: Write<Entity>): boolean {
    const { keyOf, guards } = declarationOf(name);
    const stored = this.entities[name].get(keyOf(after as never));
    if (before === undefined) return stored === undefined && this.#isFree(name, claimKeyOf(after));
    return guards.length > 0 && guards.every((guard) => stored?.[guard] === before[guard]);
  }

  #isFree(name: EntityName, claimKey: string | undefined): boolean {
    return claimKey === undefined || !this.claims[name as ClaimedName].has(claimKey);
  }

  write(id: string, batch: Batch): void {
    for (const name of entityNames) for (const { after } of batch.writes[name]) this.#put(name, after);
    const entry = journalEntryOf(id, batch);
    if (entry === undefined) return;
    this.journal.push(entry);
    for (const { sku, locationId } of entry.levelsBefore) this.lastEntries.set(levelKey(sku, locationId), entry);
  }

  #put(name: EntityName, after: Entity): void {
    const { keyOf, isGone } = declarationOf(name);
    const key = keyOf(after as never);
    const table: Map<string, Entity> = this.entities[name];
    if (isGone?.(after as never)) table.delete(key);
    else table.set(key, after);
    const claimKey = claimKeyOf(after);
    if (claimKey !== undefined) this.claims[name as ClaimedName].set(claimKey, key);
  }

  /** For a test that edits records. */
  tableOf(kind: RecordKind): ReadonlyMap<string, object> {
    const name = entityNames.find((each) => declarationOf(each).kind === kind);
    assert(name !== undefined, `there is no table of ${kind}`);
    return this.entities[name];
  }

  /** For a test that edits an entry. */
  corruptEntry(id: string, fields: object): void {
    const index = this.journal.findIndex((entry) => entry.id === id);
    const entry = { ...this.journal[index], ...fields } as JournalEntry;
    this.journal[index] = entry;
    for (const [key, last] of this.lastEntries) if (last.id === id) this.lastEntries.set(key, entry);
  }

  /** Reservations that have not ended, in order of expiry. */
  pending(): Order[] {
    return [...this.entities.orders.values()]
      .filter((order) => order.status === "PENDING_PAYMENT")
      .sort((a, b) => a.reservation.expiresAt - b.reservation.expiresAt);
  }

  /** Moves a level's fold on by one step. False where there was nothing to move it over. */
  foldOn({ sku, locationId }: LevelName): boolean {
    const key = levelKey(sku, locationId);
    const level = entities.levels.read(key, this.entities.levels.get(key));
    const folded = isReadable(level) ? foldPlainly(level, this.entities) : undefined;
    if (folded !== undefined) this.entities.levels.set(key, folded);
    return folded !== undefined;
  }

  /** A level beside what its sources add up to: as in other stores, whatever else is wrong with them. */
  recount(level: Read<StoredLevel>, trust: Trust): Read<Recount> {
    if (level instanceof Unreadable) return level;
    const key = levelKey(level.sku, level.locationId);
    const last = this.entities.levels.has(key) ? this.lastEntries.get(key) : undefined;
    const entry = last && readJournalEntry(last.id, last);
    const journal = entry !== undefined && isReadable(entry) ? [entry] : [];
    const recount = recountPlainly(level, { entities: this.entities, journal }, trust);
    return entry instanceof Unreadable ? { ...recount, journalled: entry } : recount;
  }
}

/** The clock of a store that has none of its own. */
export type StoreClock = () => Instant;
