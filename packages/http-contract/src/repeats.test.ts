import { expect, test } from "vitest";
import { repeatGuards, sentAgainOf } from "./create-route.ts";
import * as routes from "./routes.ts";

/** The page on sending calls again, as it stands in the docs. */
function page(): string {
  const rows = Object.values(routes)
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .flatMap((route) => {
      const sentAgain = sentAgainOf(route);
      if (sentAgain === undefined) return [];
      const call = `${route.method.toUpperCase()} ${route.path}`;
      return [`| \`${call}\` | ${repeatGuards(route).join(", ")} | ${sentAgain} |`];
    });
  return `# Sending a call again

An answer can be lost, and then you cannot know whether the call was done. Send the same request again. So that this undoes and doubles nothing:

- **Where the call takes an \`Idempotency-Key\`, send one**, and the same one with each repeat. The first answer comes again, with
  \`Idempotent-Replayed: true\`, and nothing is done, however late the repeat is. A refused request claims no key: a repeat of it is decided anew. An API key is shown
  once: its repeat is 409 \`api_key_exists\`.
- **Where the call takes \`If-Match\`, send the \`ETag\` of what you have read**: every \`PATCH\`, and \`PUT /v1/orders/{id}/lines\`. A change that is there
  already is answered as it is. Where someone else has changed it meanwhile, the answer is 412, and nothing is done: read it, and decide again. Then
  your first request may have been done before theirs.
- **The steps of an order and of a transfer take neither.** Each can be taken once, and its path and body say whether it was. A repeat answers the
  order or transfer as it is by then, or a 409 that says what has become of it.

A request that was never done is done when it is repeated, as of then. What it leaves out it takes as it finds it: \`lines\` are all that is left, \`amount\` is
all that is due. So name them where others work on the same order. A transfer that someone has shipped meanwhile is still cancelled: what has not
arrived counts at its source again.

\`@holdfast/client\` repeats by itself: it makes the keys, and sends \`ifMatch\` where you give it the \`etag\` of a read. \`holdfast import\` does both.

<!-- Made from packages/http-contract/src/routes: \`pnpm exec vitest run --project unit packages/http-contract -u\` -->

| call | takes | the same request late, behind someone else's change, without what it takes |
|---|---|---|
${rows.join("\n")}
`;
}

test("docs/repeats.md says of every call that changes something what a late repeat does", async () => {
  await expect(page()).toMatchFileSnapshot("../../../docs/repeats.md");
});

test("every PATCH can be guarded by If-Match", () => {
  const guards = Object.values(routes).flatMap((route) => (route.method === "patch" ? [repeatGuards(route)] : []));
  expect(guards).toEqual(Array.from({ length: 4 }, () => ["`If-Match`"]));
});
