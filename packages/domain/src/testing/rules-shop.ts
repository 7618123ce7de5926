import type { Command } from "../commands.ts";
import { type Batch, decideBatch, type Outcome } from "../decide-batch.ts";
import { apply, draftOf } from "../draft.ts";
import type { StoredLevel } from "../fold.ts";
import type { Instant, LocationId } from "../ids.ts";
import { type JournalEntry, journalEntryOf } from "../journal.ts";
import { firstLocation } from "../location.ts";
import { ReadPlan } from "../reads.ts";
import type { Recount, Trust } from "../reconcile.ts";
import { foldPlainly, recountPlainly } from "../recount.ts";
import { type ShownOrder, shownOrder } from "../shown-order.ts";
import { type Snapshot, snapshotOf } from "../snapshot.ts";
import { afterWrites } from "./after-writes.ts";
import { idOf, levelKeyNamed, orderId } from "./commands.ts";
import { stockOf, wordOf } from "./words.ts";

/** The instant that a test's clock stands at `seconds` after the shop opened. */
export function instant(seconds: number): Instant {
  return (1_700_000_000_000 + seconds * 1000) as Instant;
}

/** A shop of two places with no store behind it: the rules alone, on a state in memory and a clock that the test sets. */
export class RulesShop {
  snapshot: Snapshot = snapshotOf({
    locations: [firstLocation, { ...firstLocation, id: "berlin" as LocationId, priority: 1 }],
  });
  readonly journal: JournalEntry[] = [];
  /** Seconds since the shop opened. */
  seconds = 0;

  /** Decides commands as one batch, applies its writes, and returns it. */
  batch(...commands: readonly Command[]): Batch {
    const loaded = { ...this.snapshot, recounts: this.#recounts(commands) };
    const batch = decideBatch(loaded, commands, instant(this.seconds));
    this.snapshot = afterWrites(this.snapshot, batch);
    const entry = journalEntryOf(idOf(`${this.journal.length}`), batch);
    if (entry) this.journal.push(entry);
    return batch;
  }

  /** The level's sources added up, as a store does. */
  recount(name: string, trust: Trust = "always"): Recount {
    const level = this.#level(name);
    if (level === undefined) throw new Error(`there is no level ${name}`);
    return recountPlainly(level, { entities: this.snapshot, journal: this.journal }, trust);
  }

  #recounts(commands: readonly Command[]): Snapshot["recounts"] {
    const plan = new ReadPlan(commands.filter(({ type }) => type === "CorrectStock"));
    const recounted = (keys: ReadonlySet<string>, trust: Trust) =>
      [...keys].filter((key) => this.snapshot.levels.has(key)).map((key) => this.recount(key, trust));
    for (let reads = plan.next(); reads !== undefined; reads = plan.next()) {
      plan.add({ recounts: [...recounted(reads.recounts, "always"), ...recounted(reads.fullRecounts, "never")] });
    }
    return plan.snapshot.recounts;
  }

  /** Moves every level's fold on, as a store does now and then. */
  foldAll(): void {
    const folded = [...this.snapshot.levels.values()].flatMap((level) => foldPlainly(level, this.snapshot) ?? []);
    const next = draftOf(this.snapshot);
    apply(next, { levels: folded });
    this.snapshot = next;
  }

  /** Changes a level's figures behind the rules' back, as someone would who edits the database. */
  edit(name: string, change: Partial<StoredLevel>): void {
    const level = { ...this.recount(name).level, ...change };
    const next = draftOf(this.snapshot);
    apply(next, { levels: [level] });
    this.snapshot = next;
  }

  #level(name: string): StoredLevel | undefined {
    return this.snapshot.levels.get(levelKeyNamed(name));
  }

  /** A batch's outcomes, in one word each: `ok`, `replayed`, a failure's code or `broken`. */
  ask(...commands: readonly Command[]): string[] {
    return this.batch(...commands).outcomes.map(wordOf);
  }

  /** The one outcome of one command. */
  outcome(command: Command): Outcome {
    const [outcome] = this.batch(command).outcomes;
    if (outcome === undefined) throw new Error("a batch of one has one outcome");
    return outcome;
  }

  /** `total/reserved/committed/available` of `sku` (at main) or `sku@location`. */
  stock(name: string): string {
    return stockOf(this.#level(name));
  }

  order(name: string): ShownOrder {
    const order = this.snapshot.orders.get(orderId(name));
    if (order === undefined) throw new Error(`there is no order ${name}`);
    return shownOrder(order, this.snapshot);
  }
}
