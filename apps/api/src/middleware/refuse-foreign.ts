import type { ProblemCode } from "@holdfast/http-contract";
import type { Context } from "hono";
import { answerProblem } from "../answer-problem.ts";
import type { AppEnv, AppSettings } from "../app-parts.ts";
import { anonymous } from "../caller.ts";
import type { KeyRing } from "../key-ring.ts";
import { isLoopback } from "../open-door.ts";
import type { Check } from "./in-turn.ts";

/**
 * While the API is open, lets in this machine's own programs but not pages of other sites: a browser runs on this machine too, and sends
 * requests for any page. Such a page may neither write nor read, whether it calls under its own origin, or under a name of its own that
 * points to 127.0.0.1 (DNS rebinding).
 *
 * `/healthz` stays open to all: it says nothing.
 */
export function refuseForeign(keyRing: KeyRing, origins: AppSettings["corsOrigins"]): Check {
  const named: ReadonlySet<string> = new Set(origins === "*" ? [] : origins);
  return (c) => {
    const foreign = foreignOf(c, named);
    if (foreign === undefined || c.req.path === "/healthz") return undefined;
    return isOpen(keyRing).then((open) => (open ? answerProblem(c, foreign) : undefined));
  };
}

/** What makes a request foreign. Programs other than browsers send neither `Origin` nor `Sec-Fetch-Site`. */
function foreignOf(c: Context<AppEnv>, named: ReadonlySet<string>): ProblemCode | undefined {
  const host = c.req.header("host");
  if (host !== undefined && !isLoopback(hostnameOf(host))) return "foreign_host";
  const origin = c.req.header("origin");
  if (origin !== undefined) return origin === `http://${host}` || named.has(origin) ? undefined : "foreign_origin";
  return c.req.header("sec-fetch-site") === "cross-site" && !isVisit(c) ? "foreign_origin" : undefined;
}

/** `localhost:3000` as `localhost`, `[::1]:3000` as `::1`. */
function hostnameOf(host: string): string {
  const [, bracketed, plain = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(host.toLowerCase()) ?? [];
  return bracketed ?? plain;
}

/** A person has followed a link: they may see the page, and the site that they come from cannot read it. */
function isVisit(c: Context<AppEnv>): boolean {
  return (
    c.req.method === "GET" &&
    c.req.header("sec-fetch-mode") === "navigate" &&
    c.req.header("sec-fetch-dest") === "document"
  );
}

async function isOpen(keyRing: KeyRing): Promise<boolean> {
  try {
    return (await keyRing.callerOf(undefined)) === anonymous;
  } catch {
    return true; // as long as the keys cannot be read, the door may be open
  }
}
