import { expect, test } from "vitest";
import { KeyFilter, keyHash } from "./key-filter.ts";

const keyOf = (n: number) => `shop:order-${n}`;

test.each([1, 100, 40_000])("never leaves out one of %i keys, and takes few others for one of them", (count) => {
  const filter = KeyFilter.for(count);
  for (let n = 0; n < count; n += 1) filter.add(keyHash(keyOf(n)));
  const again = new KeyFilter(filter.bytes);
  let [found, wrong] = [0, 0];
  for (let n = 0; n < count; n += 1) if (again.mayHave(keyHash(keyOf(n)))) found += 1;
  for (let n = 0; n < 40_000; n += 1) if (again.mayHave(keyHash(`other:${n}`))) wrong += 1;
  expect(found).toBe(count);
  expect(wrong).toBeLessThan(40_000 / 200);
});

test("hashes a key as it did when filters were stored", () => {
  expect(["", "storefront:b3f1", "käse:ü"].map(keyHash)).toEqual([
    { first: -1421968373, second: 1243704369 },
    { first: -1920702743, second: -546748531 },
    { first: -1213941366, second: 627394597 },
  ]);
});
