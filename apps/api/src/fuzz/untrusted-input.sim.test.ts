import fc from "fast-check";
import { expect, test } from "vitest";
import { TestApi } from "../test-api.ts";
import { callAt, describedCalls, documentOf } from "./described-calls.ts";
import { fuzz } from "./fuzz-run.ts";
import { FuzzedShop } from "./fuzzed-shop.ts";
import { schemasIn, typesOf } from "./json-schema.ts";
import { KnownThings } from "./known-things.ts";
import { MemoryHoldfast } from "./memory-holdfast.ts";
import { openShop } from "./opened-shop.ts";
import { filled, requestTo } from "./requests.ts";
import { Tally } from "./tally.ts";

// `FUZZ_SEQUENCES=20000 pnpm exec vitest run apps/api/src/fuzz/untrusted-input.sim.test.ts` plays for ten minutes, and
// tells what was asked and answered. A failure tells its seed, and the command that plays it again.

const file = "apps/api/src/fuzz/untrusted-input.sim.test.ts";

const calls = describedCalls(documentOf(new TestApi().app));

test("whatever is asked, the answer is one that is described, and a refusal writes nothing", async () => {
  const tally = new Tally();
  await fuzz({
    file,
    sequences: 100,
    requests: fc.oneof(...calls.map(requestTo)),
    play: async (requests) => {
      const latePayment = requests.length % 2 === 0 ? "refund" : "review";
      const shop = new FuzzedShop(new MemoryHoldfast(latePayment), calls, tally);
      await openShop(shop);
      for (const request of requests) await shop.play(request);
      await shop.expectSound();
    },
  });
  if (process.env["FUZZ_SEQUENCES"] !== undefined) console.log(String(tally));
  expect(tally.calls).toEqual(expect.arrayContaining(calls.map(({ name }) => name)));
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

test.each(calls)("$name bounds every text, number and list that it takes", ({ parameters, body }) => {
  const inputs = [
    ...parameters.map(({ name, schema }) => [name, schema] as const),
    ["body", body?.schema ?? {}] as const,
  ];
  const unbounded = inputs.flatMap(([name, schema]) =>
    [...schemasIn(schema, name)].flatMap(([path, each]) => {
      if (each.enum !== undefined || each.const !== undefined) return [];
      const types = typesOf(each);
      const isBounded =
        (!types.includes("string") ||
          each.maxLength !== undefined ||
          each.format !== undefined ||
          /^\^\[[^\]]*\]\{\d+,\d+\}\$$/.test(each.pattern ?? "")) &&
        (!types.includes("integer") || (each.minimum !== undefined && each.maximum !== undefined)) &&
        (!types.includes("array") || each.maxItems !== undefined) &&
        (!types.includes("object") || each.additionalProperties === false) &&
        !types.includes("number");
      return isBounded ? [] : [path];
    }),
  );
  expect(unbounded).toEqual([]);
});
