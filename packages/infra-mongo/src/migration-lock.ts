import type { DatabaseVersion } from "@holdfast/engine";
import type { Collections } from "./collections.ts";
import { versionOf } from "./database-version.ts";
import type { MetaDocument, MigrationLease } from "./documents.ts";

type Meta = Collections["meta"];

/** The server's clock, as the number that all instants are. */
const now = { $toLong: "$$NOW" };

/**
 * The right to migrate a database, which one process has at a time. It is a lease by the server's clock, renewed while the process lives:
 * a killed process keeps others waiting for `leaseMs` at most. A process that was suspended for longer finds that it has lost the lock.
 */
export class MigrationLock {
  /** The version of the database when the lock was taken. */
  readonly version: DatabaseVersion;
  /** How far another process has taken the next step. */
  readonly walkedBefore: NonNullable<MigrationLease["walked"]>;
  readonly #meta: Meta;
  readonly #holder: string;
  readonly #leaseMs: number;
  readonly #renewing: NodeJS.Timeout;
  #heldUntil: number;

  private constructor(meta: Meta, schema: MetaDocument, holder: string, leaseMs: number, heldUntil: number) {
    this.version = versionOf(schema);
    this.walkedBefore = schema.migrating?.walked ?? {};
    this.#meta = meta;
    this.#holder = holder;
    this.#leaseMs = leaseMs;
    this.#heldUntil = heldUntil;
    this.#renewing = setInterval(() => void this.#renew(), leaseMs / 3);
    this.#renewing.unref();
  }

  /** `undefined` where another process has it. `meta` must say of which version the database is. */
  static async take(meta: Meta, holder: string, leaseMs: number): Promise<MigrationLock | undefined> {
    const asked = performance.now();
    const taken = { $mergeObjects: ["$migrating", { holder, until: { $add: [now, leaseMs] } }] };
    const migrating = { $cond: [{ $gt: ["$migrating.until", now] }, "$migrating", taken] };
    const schema = await meta.findOneAndUpdate({ _id: "schema" }, [{ $set: { migrating } }], {
      returnDocument: "after",
    });
    if (schema?.migrating?.holder !== holder) return undefined;
    return new MigrationLock(meta, schema, holder, leaseMs, asked + leaseMs);
  }

  /** Writes down the database's new version, when a step has ended. Throws if the lock was lost. */
  async becomes(version: DatabaseVersion, step: "begins" | "ended"): Promise<void> {
    const { version: number, compatibleFrom } = version;
    const ended = step === "ended" ? { $unset: { "migrating.walked": "" as const } } : {};
    await this.#write({ $set: { version: number, compatibleFrom }, ...ended });
  }

  /** Writes down how far the step has come. Throws where the lock was lost. */
  async walked(collection: string, last: string | number): Promise<void> {
    await this.#write({ $set: { [`migrating.walked.${collection}`]: last } });
  }

  /** Lets the next process take it at once. The progress of a failed step stays noted. */
  async release(): Promise<void> {
    clearInterval(this.#renewing);
    await this.#meta.updateOne(
      { _id: "schema", "migrating.holder": this.#holder },
      { $unset: { "migrating.holder": "", "migrating.until": "" } },
    );
  }

  async #write(change: object): Promise<void> {
    const held = performance.now() < this.#heldUntil;
    const mine = { _id: "schema", "migrating.holder": this.#holder } as const;
    const { matchedCount } = held ? await this.#meta.updateOne(mine, change) : { matchedCount: 0 };
    if (matchedCount === 0) throw new Error("another process has taken the migration over");
  }

  async #renew(): Promise<void> {
    const asked = performance.now();
    const later = [{ $set: { "migrating.until": { $add: [now, this.#leaseMs] } } }];
    try {
      const mine = { _id: "schema", "migrating.holder": this.#holder } as const;
      const { matchedCount } = await this.#meta.updateOne(mine, later);
      this.#heldUntil = matchedCount === 0 ? 0 : asked + this.#leaseMs;
    } catch {
      // The next one may get through; after `leaseMs` without one the lock counts as lost.
    }
  }
}
