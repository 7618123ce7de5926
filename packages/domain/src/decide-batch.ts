import { assert } from "./bug.ts";
import type { Subject } from "./command-module.ts";
import { type Command, claimOf, isDryRun, moduleOf } from "./commands.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { apply, type Draft, draftOf, type Writes, writesOf } from "./draft.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { Failure } from "./failures.ts";
import type { Instant } from "./ids.ts";
import type { Snapshot } from "./snapshot.ts";
import { alertsOf } from "./stock-alert-events.ts";

/** What became of one command. */
export type Outcome =
  | { readonly kind: "accepted"; readonly subject: Subject; readonly replayed: boolean }
  /** `subject`: what has a record of it. */
  | { readonly kind: "refused"; readonly failure: Failure; readonly subject?: Subject }
  /** The command ran into a bug of ours. The others of its batch are as if it had never been asked. */
  | { readonly kind: "broken"; readonly error: unknown };

/** What a batch of commands comes to: an outcome each, and what a store has to write, all of it or nothing. */
export interface Batch {
  readonly now: Instant;
  /** One a command, in the same order. */
  readonly outcomes: readonly Outcome[];
  readonly events: readonly Event[];
  readonly writes: Writes;
}

/** The two functions that a batch folds. */
export interface Rules {
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
}

/**
 * Decides commands in order, each on the state that the ones before it left: a batch answers exactly as the same
 * commands one by one would.
 */
export function decideBatch(snapshot: Snapshot, commands: readonly Command[], now: Instant): Batch {
  return decideBatchBy({ decide, evolve }, snapshot, commands, now);
}

/** The same by other rules, for a test that plants a bug in them. */
export function decideBatchBy(rules: Rules, snapshot: Snapshot, commands: readonly Command[], now: Instant): Batch {
  const broken = new Map<number, unknown>();
  // A command that throws is set aside as broken, and the fold begins again without it.
  for (;;) {
    const batch = fold(rules, snapshot, commands, now, broken);
    if (batch !== undefined) return batch;
  }
}

/** `undefined` where a command threw; it is among the broken ones then. */
function fold(
  rules: Rules,
  snapshot: Snapshot,
  commands: readonly Command[],
  now: Instant,
  broken: Map<number, unknown>,
): Batch | undefined {
  const draft = draftOf(snapshot);
  const outcomes: Outcome[] = [];
  const events: Event[] = [];
  for (const [index, command] of commands.entries()) {
    if (broken.has(index)) {
      outcomes.push({ kind: "broken", error: broken.get(index) });
      continue;
    }
    try {
      outcomes.push(play(rules, draft, command, now, events));
    } catch (error) {
      broken.set(index, error);
      return undefined;
    }
  }
  return { now, outcomes, events, writes: writesOf(snapshot, draft) };
}

function play(rules: Rules, draft: Draft, command: Command, now: Instant, events: Event[]): Outcome {
  const decision = rules.decide(draft, command, now);
  if (decision.kind === "replayed") return { kind: "accepted", subject: decision.subject, replayed: true };
  if (isDryRun(command)) return tried(command, decision);
  for (const event of decision.events) {
    const changes = rules.evolve(draft, event);
    const alerts = alertsOf(draft, changes, event.actor);
    apply(draft, changes);
    events.push(event, ...alerts);
  }
  if (decision.kind === "refused" && !decision.recorded) return { kind: "refused", failure: decision.failure };
  const subject = subjectOf(draft, command);
  if (decision.kind === "refused") return { kind: "refused", failure: decision.failure, subject };
  return { kind: "accepted", subject, replayed: false };
}

/** The outcome that a command would have. Nothing of it happens. */
function tried(command: Command, decision: Exclude<Decision, { kind: "replayed" }>): Outcome {
  if (decision.kind === "refused") return { kind: "refused", failure: decision.failure };
  const subject = moduleOf(command).tried?.(decision.events);
  assert(subject !== undefined, `${command.type} has no dry run`);
  return { kind: "accepted", subject, replayed: false };
}

function subjectOf(draft: Draft, command: Command): Subject {
  const { subject: about, keyMakes } = moduleOf(command);
  const { of, keyOf, show } = about;
  const subject = draft[of].get(keyOf(command));
  assert(subject !== undefined, `${command.type} was recorded and left nothing behind`);
  const claim = keyMakes && claimOf(command);
  const made = claim && draft.claims[keyMakes.of].get(claim.key);
  const answer = made && keyMakes?.answer(made as never, draft, command);
  if (answer !== undefined) return answer;
  return show?.(subject, draft) ?? (subject as Subject);
}
