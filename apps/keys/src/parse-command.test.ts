import { describe, expect, test } from "vitest";
import { parseCommand } from "./parse-command.ts";

test.each([
  ["list", { type: "list", json: false }],
  ["list --json", { type: "list", json: true }],
  ["revoke key_1", { type: "revoke", id: "key_1" }],
  ["create --name shop --scopes admin", { type: "create", request: { name: "shop", scopes: ["admin"] } }],
  [
    "create --scopes orders:read,orders:write --rate-limit 500 --name shop",
    {
      type: "create",
      request: { name: "shop", scopes: ["orders:read", "orders:write"], rateLimitPerSecond: 500 },
    },
  ],
  ["create --name=shop --scopes=admin --rate-limit=0", { type: "create", request: { rateLimitPerSecond: 0 } }],
  ["create --name shop --scopes admin --rotate", { type: "create", request: { rotates: true } }],
  ["--help", { type: "help" }],
  ["help", { type: "help" }],
  ["create -h", { type: "help" }],
])("understands: %s", (line, command) => {
  expect(parseCommand(line.split(" "))).toMatchObject({ ok: true, value: command });
});

describe("says what is wrong with", () => {
  test.each([
    ["", /create, list or revoke/],
    ["delete key_1", /no command delete/],
    ["create", /--name: .*\n--scopes: must name one scope or more/s],
    ["create --name Shop --scopes admin", /^--name: must be/],
    ["create --name worker --scopes admin", /^--name: must not be/],
    ["create --name shop --scopes orders", /^--scopes: .*orders:read/],
    ["create --name shop --scopes admin,admin", /^--scopes: .*once/],
    ["create --name shop --scopes checkout,orders:read", /^--scopes: checkout must be a key's only scope/],
    ["create --name shop --scopes admin --rate-limit many", /^--rate-limit must be/],
    ["create --name shop --scopes admin --rate-limit 1000001", /^--rate-limit: /],
    ["create shop --scopes admin", /does not take shop/],
    ["create --name shop --scopes admin --key hf_mine", /--key/],
    ["list --name shop", /list takes no --name/],
    ["revoke key_1 --json", /revoke takes no --json/],
    ["revoke key_1 --rotate", /revoke takes no --rotate/],
    ["revoke", /id of one key/],
    ["revoke key_1 key_2", /id of one key/],
  ])("'%s'", (line, problem) => {
    const parsed = parseCommand(line.split(" ").filter((word) => word !== ""));
    expect(parsed.ok ? "nothing" : parsed.failure).toMatch(problem);
  });
});
