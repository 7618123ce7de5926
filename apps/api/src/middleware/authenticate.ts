import type { Context } from "hono";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";
import type { Caller } from "../caller.ts";
import type { KeyRing, Pass } from "../key-ring.ts";
import type { Check } from "./in-turn.ts";

function keyIn(c: Context<AppEnv>): string | undefined {
  return /^bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

/** Lets in callers with a valid key, under the key's name; while the API is open, everyone, as `anonymous`. */
export function authenticate(keyRing: KeyRing): Check {
  return (c) => {
    const pass = keyRing.passOf(keyIn(c));
    const found = pass();
    return found instanceof Promise ? found.then((caller) => admit(c, pass, caller)) : admit(c, pass, found);
  };
}

function admit(c: Context<AppEnv>, pass: Pass, caller: Caller | undefined): Response | undefined {
  if (caller === undefined) return answerProblem(c, "unauthorized");
  c.set("caller", caller);
  c.set("pass", pass);
  c.set("actor", caller.actor);
  return undefined;
}
