import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectralCore from "@stoplight/spectral-core";
import spectralRulesets from "@stoplight/spectral-rulesets";
import { beforeAll, expect, test } from "vitest";
import { TestApi } from "./test-api.ts";

let document: string;
beforeAll(async () => {
  document = await (await new TestApi().get("/openapi.json")).text();
});

/** What Redocly's recommended rules say of a document: the rule and the place. */
async function redocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lintFromString({ source, config });
  return found.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ""}`);
}

/** What Spectral's rules for OpenAPI say of a document. */
async function spectral(source: string): Promise<string[]> {
  const { Spectral, Ruleset } = spectralCore;
  const linter = new Spectral();
  linter.setRuleset(new Ruleset(spectralRulesets.oas));
  const found = await linter.run(JSON.parse(source));
  return found.map(({ code, path }) => `${code} ${path.join("/")}`);
}

test("has nothing that Redocly's recommended rules find, but for what is listed", async () => {
  expect(await redocly(document)).toEqual([
    // Liveness is asked without a key, without parameters, of anyone: there is nothing to refuse.
    "operation-4xx-response #/paths/~1healthz/get/responses",
  ]);
});

test("has nothing that Spectral's rules for OpenAPI find, but for what is listed", async () => {
  const listed = [
    // There is no address to ask yet.
    "info-contact",
    // A summary that says all is not repeated as a description.
    "operation-description",
    // OpenAPI 3.1 lets the roles that a call needs stand with any kind of security; the rule knows 3.0.
    "oas3-operation-security-defined",
  ];
  const found = await spectral(document);
  expect(found.filter((each) => !listed.some((code) => each.startsWith(code)))).toEqual([]);
  // What no longer applies has to go from the list.
  expect(listed.filter((code) => !found.some((each) => each.startsWith(code)))).toEqual([]);
});

test("finds what is wrong with a document", async () => {
  const bad = JSON.parse(document);
  delete bad.paths["/v1/orders"].post.operationId;
  bad.paths["/v1/orders"].post.tags = ["Nowhere"];
  const rule = (each: string) => each.split(" ")[0];
  expect((await redocly(JSON.stringify(bad))).map(rule)).toContain("operation-operationId");
  expect((await spectral(JSON.stringify(bad))).map(rule)).toEqual(
    expect.arrayContaining(["operation-operationId", "operation-tag-defined"]),
  );
});
