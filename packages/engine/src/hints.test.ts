import { type Command, decideBatch, type Instant, type ReservationId } from "@holdfast/domain";
import { cancel, confirm, create, expire, extend, place } from "@holdfast/domain/testing";
import { expect, test } from "vitest";
import { reservationHints } from "./hints.ts";
import { noReservationCache } from "./ports/reservation-cache.ts";
import { TestStore } from "./test-store.ts";

/** Batches of commands, each some seconds after the opening. */
type Batches = readonly (readonly [seconds: number, ...Command[]])[];

/** Plays batches on a shop with 9 tea; gives the hints of the last one. */
async function hintsOf(batches: Batches): Promise<string[]> {
  const given: string[] = [];
  const store = new TestStore();
  const hints = reservationHints(
    {
      ...noReservationCache,
      note: ({ held, dropped }) => {
        const lines = [
          ...held.map(({ id, expiresAt }) => `held ${shortName(id)} until ${expiresAt}`),
          ...dropped.map((id) => `dropped ${shortName(id)}`),
        ];
        given.push(...(lines.length === 0 ? ["nothing at all"] : lines));
      },
    },
    { arm: (instants) => given.push(`wake at ${instants.join(" ")}`) },
  );
  for (const [seconds, ...commands] of [[0, create("tea", 9)], ...batches] satisfies Batches) {
    given.length = 0;
    store.now = (seconds * 1000) as Instant;
    const commit = await store.transact({ id: "batch", commands, decide: decideBatch, timeoutMs: 0 });
    if (commit.kind === "committed") hints(commit.batch);
  }
  return given;
}

/** `a` of the reservation of the order by this name. */
function shortName(id: ReservationId): string {
  return id.replace(/^res_0*/, "").toLowerCase();
}

const a = place("a", { tea: 1 }, { holdSeconds: 60 });
const b = place("b", { tea: 1 }, { holdSeconds: 30 });

test.each<readonly [string, Batches, readonly string[]]>([
  ["nothing of a product", [], []],
  ["a reservation and when it runs out", [[0, a]], ["held a until 60000", "wake at 60000"]],
  ["every reservation of a batch", [[1, a, b]], ["held a until 61000", "held b until 31000", "wake at 61000 31000"]],
  ["nothing of a refusal", [[0, place("a", { tea: 10 })]], []],
  [
    "the end of a reservation that was paid",
    [
      [0, a],
      [1, confirm("a")],
    ],
    ["dropped a"],
  ],
  [
    "the end of a reservation that was cancelled",
    [
      [0, a],
      [1, cancel("a")],
    ],
    ["dropped a"],
  ],
  [
    "the end of a reservation that ran out",
    [
      [0, a],
      [60, expire("a")],
    ],
    ["dropped a"],
  ],
  [
    "a reservation that was extended, and when it runs out now",
    [
      [0, a],
      [1, extend("a", 90_000)],
    ],
    ["dropped a", "wake at 90000"],
  ],
  [
    "the later end of a reservation that its own batch extended",
    [[0, a, extend("a", 90_000)]],
    ["dropped a", "wake at 90000"],
  ],
  [
    "nothing of an extension that changes nothing",
    [
      [0, a],
      [1, extend("a", 60_000)],
    ],
    [],
  ],
  [
    "nothing of a repeat",
    [
      [0, a],
      [1, cancel("a")],
      [2, cancel("a")],
    ],
    [],
  ],
  [
    "the end of a reservation that was paid late",
    [
      [0, a],
      [61, confirm("a")],
    ],
    ["dropped a"],
  ],
  [
    "nothing of a payment that ends no reservation",
    [
      [0, a],
      [1, cancel("a")],
      [2, confirm("a")],
    ],
    [],
  ],
  ["only the end of a reservation that a batch began and ended", [[0, a, cancel("a")]], ["dropped a"]],
  [
    "an end and a new reservation of one batch",
    [
      [0, a],
      [1, confirm("a"), b],
    ],
    ["held b until 31000", "dropped a", "wake at 31000"],
  ],
])("tells %s", async (_what, batches, outcome) => {
  expect(await hintsOf(batches)).toEqual(outcome);
});
