import { type Command, decideBatch, type Instant } from "@holdfast/domain";
import { expect, test } from "vitest";
import { holdHints } from "./hints.ts";
import { noReservationCache } from "./ports/reservation-cache.ts";
import { create, end, place, TestStore } from "./test-store.ts";

/** Batches of commands, each some seconds after the opening. */
type Batches = readonly (readonly [seconds: number, ...Command[]])[];

/** Plays batches on a shop with 9 tea; gives what was told after the last of them. */
async function toldOf(batches: Batches): Promise<string[]> {
  const told: string[] = [];
  const store = new TestStore();
  const hints = holdHints(
    {
      ...noReservationCache,
      note: ({ held, ended }) => {
        const lines = [
          ...held.map(({ id, expiresAt }) => `held ${id} until ${expiresAt}`),
          ...ended.map((id) => `ended ${id}`),
        ];
        told.push(...(lines.length === 0 ? ["nothing at all"] : lines));
      },
    },
    { arm: (instants) => told.push(`wake at ${instants.join(" ")}`) },
  );
  for (const [seconds, ...commands] of [[0, create("tea", 9)], ...batches] satisfies Batches) {
    told.length = 0;
    store.now = (seconds * 1000) as Instant;
    const commit = await store.transact({ id: "batch", commands, decide: decideBatch, timeoutMs: 0 });
    if (commit.kind === "committed") hints(commit.batch);
  }
  return told;
}

const a = place("a", { tea: 1 }, 60);
const b = place("b", { tea: 1 }, 30);

test.each<readonly [string, Batches, readonly string[]]>([
  ["nothing of a product", [], []],
  ["a hold and when it runs out", [[0, a]], ["held res_a until 60000", "wake at 60000"]],
  ["every hold of a batch", [[1, a, b]], ["held res_a until 61000", "held res_b until 31000", "wake at 61000 31000"]],
  ["nothing of a refusal", [[0, place("a", { tea: 10 })]], []],
  [
    "the end of a hold that was paid",
    [
      [0, a],
      [1, end("ConfirmOrder", "a")],
    ],
    ["ended res_a"],
  ],
  [
    "the end of a hold that was cancelled",
    [
      [0, a],
      [1, end("CancelOrder", "a")],
    ],
    ["ended res_a"],
  ],
  [
    "the end of a hold that ran out",
    [
      [0, a],
      [60, end("ExpireOrder", "a")],
    ],
    ["ended res_a"],
  ],
  [
    "nothing of a repeat",
    [
      [0, a],
      [1, end("CancelOrder", "a")],
      [2, end("CancelOrder", "a")],
    ],
    [],
  ],
  [
    "the end of a hold that was paid late",
    [
      [0, a],
      [61, end("ConfirmOrder", "a")],
    ],
    ["ended res_a"],
  ],
  [
    "nothing of a payment that ends no hold",
    [
      [0, a],
      [1, end("CancelOrder", "a")],
      [2, end("ConfirmOrder", "a")],
    ],
    [],
  ],
  ["only the end of a hold that a batch began and ended", [[0, a, end("CancelOrder", "a")]], ["ended res_a"]],
  [
    "an end and a new hold of one batch",
    [
      [0, a],
      [1, end("ConfirmOrder", "a"), b],
    ],
    ["held res_b until 31000", "ended res_a", "wake at 31000"],
  ],
])("tells %s", async (_what, batches, outcome) => {
  expect(await toldOf(batches)).toEqual(outcome);
});
