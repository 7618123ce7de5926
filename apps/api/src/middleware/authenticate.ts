import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";
import type { KeyRing } from "../key-ring.ts";

function keyIn(c: Context<AppEnv>): string | undefined {
  return /^bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

/** Lets in callers with a valid key, under the key's name; while the API is open, everyone, as `anonymous`. */
export function authenticate(keyRing: KeyRing) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const pass = keyRing.passOf(keyIn(c));
    const found = pass();
    const caller = found instanceof Promise ? await found : found;
    if (caller === undefined) return answerProblem(c, "unauthorized");
    c.set("caller", caller);
    c.set("pass", pass);
    c.set("actor", caller.actor);
    return next();
  });
}
