import {
  AnswerCounts,
  callAt,
  describedCalls,
  FuzzedShop,
  filled,
  fuzz,
  KnownThings,
  openShop,
  requestTo,
  unboundedInputs,
} from "@holdfast/fuzz";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryHoldfast } from "./memory-holdfast.ts";
import { TestApi } from "./test-api.ts";

// `FUZZ_SEQUENCES=20000 pnpm exec vitest run apps/api/src/untrusted-input.sim.test.ts` plays for ten minutes, and
// prints what was asked and answered. A failure prints its seed, and the command that plays it again.

const file = "apps/api/src/untrusted-input.sim.test.ts";

const calls = describedCalls(new TestApi().document);

test("every request gets an answer that is described, and a refusal writes nothing", async () => {
  const answerCounts = new AnswerCounts();
  await fuzz({
    file,
    sequences: 100,
    requests: fc.oneof(...calls.map(requestTo)),
    play: async (requests) => {
      const latePayment = requests.length % 2 === 0 ? "refund" : "review";
      const shop = new FuzzedShop(new MemoryHoldfast(latePayment), calls, answerCounts);
      await openShop(shop);
      for (const request of requests) await shop.play(request);
      await shop.expectSound();
    },
  });
  if (process.env["FUZZ_SEQUENCES"] !== undefined) console.log(String(answerCounts));
  expect(answerCounts.calls).toEqual(expect.arrayContaining(calls.map(({ name }) => name)));
}, 3_600_000);

test("without a key nothing is answered but that one is needed, and nothing is written", async () => {
  await fuzz({
    file,
    sequences: 40,
    requests: fc.oneof(...calls.filter(({ needsKey }) => needsKey).map(requestTo)),
    play: async (requests) => {
      const holdfast = new MemoryHoldfast();
      const untouched = await holdfast.stored();
      for (const sketch of requests) {
        const request = filled(sketch, new KnownThings());
        const { status, text } = await holdfast.sendWithoutKey(request);
        const isCall =
          callAt(calls, request.method, new URL(`http://localhost${request.target}`).pathname) !== undefined;
        if (isCall) expect([status, text === "" || text.includes('"unauthorized"')]).toEqual([401, true]);
        expect(status).toBeLessThan(500);
      }
      expect([await holdfast.stored(), holdfast.complaints()]).toEqual([untouched, []]);
    },
  });
}, 3_600_000);

test.each(calls)("$name bounds every text, number and list that it takes", (call) => {
  expect(unboundedInputs(call)).toEqual([]);
});
