import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type Serving, serve } from "./serve.ts";

const at = { port: 0, host: "127.0.0.1" };

/** A server whose answers wait for the test, and a client with one connection that it keeps. */
async function setUp() {
  const asked = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  const serving = await serve(
    {
      fetch: async (request) => {
        if (new URL(request.url).pathname === "/slow") {
          asked.resolve();
          await open.promise;
        }
        return new Response("done");
      },
    },
    at,
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return { serving, agent, asked: asked.promise, open: () => open.resolve() };
}

/** Asks over the kept connection. Gives status and `Connection` of the answer. */
async function ask({ url }: Serving, agent: Agent, path = "/"): Promise<string> {
  const [response] = (await once(get(`${url}${path}`, { agent }), "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return `${response.statusCode} ${response.headers.connection}`;
}

test("keeps connections until it stops", async () => {
  const { serving, agent } = await setUp();
  expect([await ask(serving, agent), await ask(serving, agent)]).toEqual(["200 keep-alive", "200 keep-alive"]);
  await serving.stop({ noticeMs: 0, graceMs: 0 });
  await expect(fetch(serving.url)).rejects.toThrow("fetch failed");
});

test("a request under way when it stops is answered, with Connection: close", async () => {
  const { serving, agent, asked, open } = await setUp();
  const answer = ask(serving, agent, "/slow");
  await asked;
  const stopped = serving.stop({ noticeMs: 0, graceMs: 10_000 });
  await turn();
  open();
  expect(await answer).toBe("200 close");
  await stopped;
});

test("as long as it gives notice it answers, on kept and on new connections, and says that they end", async () => {
  const { serving, agent } = await setUp();
  await ask(serving, agent);
  const stopped = serving.stop({ noticeMs: 300, graceMs: 0 });
  expect([await ask(serving, agent), await ask(serving, agent)]).toEqual(["200 close", "200 close"]);
  await stopped;
  await expect(fetch(serving.url)).rejects.toThrow("fetch failed");
});

test("what is not answered within the grace is cut", async () => {
  const { serving, agent, asked } = await setUp();
  const answer = ask(serving, agent, "/slow");
  const cut = expect(answer).rejects.toThrow("socket hang up");
  await asked;
  await serving.stop({ noticeMs: 0, graceMs: 10 });
  await cut;
});
