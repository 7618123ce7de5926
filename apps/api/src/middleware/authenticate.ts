import { hashOfApiKey, type Queries } from "@holdfast/engine";
import { routes } from "@holdfast/http-contract";
import type { Context } from "hono";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";
import { anonymous, type Caller } from "../caller.ts";
import { hashOfNoKey, type KeyRing, type Pass } from "../key-ring.ts";
import { readStreamToken } from "../stream-token.ts";
import type { Check } from "./in-turn.ts";

/** The calls that take a token in their address. */
const streams: ReadonlySet<string> = new Set(
  [routes.streamEvents, routes.streamOrder].map((each) => each.getRoutingPath()),
);

function keyIn(c: Context<AppEnv>): string | undefined {
  return /^bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

/** The hash of the key that has let a request in. */
export function hashOfKeyIn(c: Context<AppEnv>): string {
  return c.get("caller") === anonymous ? hashOfNoKey : hashOfApiKey(keyIn(c) ?? "");
}

/**
 * Lets in callers with a valid key, under the key's name; while the API is open, everyone, as `anonymous`. Without a key a stream is
 * opened by a token of its own, too.
 */
export function authenticate(keyRing: KeyRing, queries: Pick<Queries, "now">): Check {
  return (c) => {
    const key = keyIn(c);
    if (key === undefined && streams.has(c.get("call")?.path ?? "")) {
      const token = c.req.query("token");
      if (token !== undefined) return admitByToken(c, keyRing, queries, token);
    }
    const pass = keyRing.passOf(key);
    const found = pass();
    return found instanceof Promise ? found.then((caller) => admit(c, pass, caller)) : admit(c, pass, found);
  };
}

async function admitByToken(
  c: Context<AppEnv>,
  keyRing: KeyRing,
  queries: Pick<Queries, "now">,
  text: string,
): Promise<Response | undefined> {
  const token = readStreamToken(text);
  // By the store's clock, which all processes share.
  const isOver = token === undefined || token.expiresAt <= (await queries.now());
  const opened = isOver ? undefined : await keyRing.passBy(token.callerId, (hash) => token.isFrom(hash, c.req.path));
  c.set("byStreamToken", opened !== undefined);
  const pass = opened ?? keyRing.passOf(undefined);
  return admit(c, pass, await pass());
}

function admit(c: Context<AppEnv>, pass: Pass, caller: Caller | undefined): Response | undefined {
  if (caller === undefined) return answerProblem(c, "unauthorized");
  c.set("caller", caller);
  c.set("pass", pass);
  c.set("actor", caller.actor);
  return undefined;
}
