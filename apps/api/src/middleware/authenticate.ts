import type { Actor } from "@holdfast/domain";
import { createMiddleware } from "hono/factory";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv } from "../app-parts.ts";

/** Who calls where the door is open. */
export const anonymous = "anonymous" as Actor;

/** Lets in who holds a key, under the key's name; anybody, as `anonymous`, where there are no keys. */
export function authenticate(apiKeys: ReadonlyMap<string, Actor>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (apiKeys.size === 0) {
      c.set("actor", anonymous);
      return next();
    }
    const [, key = ""] = /^bearer (.+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    // Looked up by the key's whole text in a hash map: there is no prefix to guess by time.
    const actor = apiKeys.get(key);
    if (actor === undefined) return answerProblem(c, "unauthorized");
    c.set("actor", actor);
    return next();
  });
}
