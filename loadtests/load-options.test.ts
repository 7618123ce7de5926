import { UsageError } from "@holdfast/runtime";
import { expect, test } from "vitest";
import { readLoadOptions } from "./load-options.ts";

test.each([
  [["flash-sale"], { name: "flash-sale", urls: [], sizes: {}, allowOutages: false }],
  [
    ["abandoned-carts", "--buyers", "7", "--hold-seconds=3", "--allow-outages"],
    { name: "abandoned-carts", urls: [], sizes: { BUYERS: 7, HOLD_SECONDS: 3 }, allowOutages: true },
  ],
  [
    ["retry-storm", "--url", "http://localhost:3000/,https://shop.example"],
    { name: "retry-storm", urls: ["http://localhost:3000", "https://shop.example"], sizes: {}, allowOutages: false },
  ],
])("reads %j", (args, options) => {
  expect(readLoadOptions(args)).toEqual(options);
});

test.each([
  [[], "Say which scenario to run"],
  [["--buyers", "3"], "Say which scenario to run"],
  [["flash-sail"], "No scenario is called flash-sail"],
  [["flash-sale", "--copies", "3"], "flash-sale takes --buyers --stock --at-once"],
  [["flash-sale", "extra"], "Unexpected argument 'extra'"],
  [["flash-sale", "--stock"], "'--stock <value>' argument missing"],
  [["flash-sale", "--stock", "1e3"], '--stock must be a whole number above 0, not "1e3"'],
  [["flash-sale", "--stock", "0"], "--stock must be a whole number above 0"],
  [["flash-sale", "--url", "localhost:3000"], "--url must be http:// or https://"],
])("refuses %j", (args, message) => {
  const reading = () => readLoadOptions(args);
  expect(reading).toThrow(UsageError);
  expect(reading).toThrow(message);
});
