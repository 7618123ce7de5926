import { expect, test } from "vitest";
import { hashOfApiKey, looksLikeApiKey, newApiKey } from "./api-key.ts";

test("a key is 256 random bits behind hf_, and never the same twice", () => {
  const keys = Array.from({ length: 1_000 }, newApiKey);
  expect(new Set(keys).size).toBe(1_000);
  expect(keys.every((key) => looksLikeApiKey(key) && Buffer.from(key.slice(3), "base64url").length === 32)).toBe(true);
});

test.each([
  ["nothing", ""],
  ["the prefix alone", "hf_"],
  ["one character less", newApiKey().slice(0, -1)],
  ["one character more", `${newApiKey()}0`],
  ["another prefix", `xx_${newApiKey().slice(3)}`],
  ["a character that is not of the alphabet", `${newApiKey().slice(0, -1)}+`],
  ["a key and a line end", `${newApiKey()}\n`],
])("%s is no key", (_what, text) => {
  expect(looksLikeApiKey(text)).toBe(false);
});

test("is kept as its SHA-256, which any other tool can work out", () => {
  // printf 'hf_test' | openssl dgst -sha256 -binary | basenc --base64url
  expect(hashOfApiKey("hf_test")).toBe("SfeojspsjFsUaX8-Hd4YbM1szMEqWQtqGuHxEDNl5CI");
});
