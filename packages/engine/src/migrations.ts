import { assert } from "@holdfast/domain";

/**
 * One numbered change of the form in which a store keeps its data. Numbers follow each other, and a step that was released never
 * changes. `expand`: programs that do not know the step go on working beside it. `contract`: only programs from `compatibleFrom` on
 * still do. `replace`: only programs that know the step do; for data that one process at a time works on.
 */
export type Migration = { readonly version: number; readonly name: string } & (
  | { readonly kind: "expand" }
  | { readonly kind: "replace" }
  | { readonly kind: "contract"; readonly compatibleFrom: number }
);

/** What a database says of its form. `compatibleFrom`: a program has to know steps up to this one at least. */
export interface DatabaseVersion {
  readonly version: number;
  readonly compatibleFrom: number;
}

/** The version in which databases began to live on: of every database that says nothing else. */
export const baseline: DatabaseVersion = { version: 3, compatibleFrom: 3 };

/**
 * How far to go. `needed`: up to the newest expand or replace, which is what this program cannot do without; a contract that stands
 * before it is run too. `newest`: the contracts after it as well.
 */
export type UpTo = "needed" | "newest";

/** What became of a database that was to be migrated. */
export interface Migrated {
  readonly from: DatabaseVersion;
  readonly to: DatabaseVersion;
  readonly ran: readonly Migration[];
  /** Contracts that are left for later. */
  readonly waiting: readonly Migration[];
}

/** The steps that a program knows, in their order, and what they make of a database. */
export class Migrations<Step extends Migration> {
  readonly #steps: readonly Step[];

  /** @param steps from the first one after the baseline on */
  constructor(steps: readonly Step[]) {
    for (const [index, step] of steps.entries()) {
      assert(step.version === baseline.version + 1 + index, `step ${step.version} (${step.name}) is out of order`);
      assert(step.kind !== "contract" || step.compatibleFrom < step.version, `step ${step.version} shuts itself out`);
    }
    this.#steps = steps;
  }

  [Symbol.iterator](): Iterator<Step> {
    return this.#steps[Symbol.iterator]();
  }

  /** What a database is that is made now. */
  get newest(): DatabaseVersion {
    return this.#steps.reduce(versionAfter, baseline);
  }

  /** What this program cannot do without. */
  get needed(): number {
    return this.#steps.findLast(({ kind }) => kind !== "contract")?.version ?? baseline.version;
  }

  /** The steps to run on a database that is not refused; none where this program works on it as it is. */
  steps({ version }: DatabaseVersion, upTo: UpTo): readonly Step[] {
    const last = upTo === "needed" ? this.needed : this.newest.version;
    return this.#steps.filter((step) => step.version > version && step.version <= last);
  }

  /** The contracts that a database of at least the needed version still waits for. */
  waiting({ version }: DatabaseVersion): readonly Step[] {
    return this.#steps.filter((step) => step.version > Math.max(version, this.needed));
  }

  /** Why this program never works on such a database, to be said after its name; `undefined` where it does, migrated or as it is. */
  refusal({ version, compatibleFrom }: DatabaseVersion): string | undefined {
    const known = this.newest.version;
    if (compatibleFrom > known) {
      return `was written by a newer version of Holdfast: it is of version ${version} and needs a program that knows ${compatibleFrom}; this one knows ${known}. It was left as it is: run a newer version`;
    }
    if (version < baseline.version) {
      return `is of version ${version}: from before version ${baseline.version}, the first that can be migrated, or from another program. It was left as it is: run the version that made it`;
    }
    return undefined;
  }
}

/** What a step makes of a database. */
export function versionAfter({ compatibleFrom }: DatabaseVersion, step: Migration): DatabaseVersion {
  if (step.kind === "replace") return { version: step.version, compatibleFrom: step.version };
  const from = step.kind === "contract" ? Math.max(compatibleFrom, step.compatibleFrom) : compatibleFrom;
  return { version: step.version, compatibleFrom: from };
}

/** A step in words: `4 products-version (expand)`. */
export function stepInWords({ version, name, kind }: Migration): string {
  return `${version} ${name} (${kind})`;
}

/** An `onStep` that says in the log what is done: a long one keeps a start waiting. */
export function logStep(logger: { warn(fields: object, message: string): void }): (step: Migration) => void {
  return (step) => logger.warn({ step: stepInWords(step) }, "migrating the database");
}
