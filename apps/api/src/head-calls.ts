import { type LocationId, mainLocation, type Sku } from "@holdfast/domain";
import { routes } from "@holdfast/http-contract";
import type { z } from "zod";
import { answer, json } from "./answer.ts";
import type { App, AppParts } from "./app-parts.ts";
import { isThere } from "./calls/stock.ts";
import { queryOf } from "./described-app.ts";

/**
 * A call that reads many records: a list, a sum, a check. A path that ends in a key reads one record, and so does one with an id in it,
 * since its entity may not exist.
 */
interface Gathered {
  readonly path: string;
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  /** Whether it answers 404 if its SKU has no product. */
  readonly mustBeThere: boolean;
}

const gathered: readonly Gathered[] = Object.values(routes).flatMap((route) => {
  const { method, path, request, responses } = route as Described;
  if (method !== "get" || !path.startsWith("/v1/") || path.endsWith("}") || path.includes("{id}")) return [];
  if (responses[200]?.content?.["application/json"] === undefined) return [];
  const { params, query } = request ?? {};
  return [{ path: route.getRoutingPath(), params, query, mustBeThere: 404 in responses }];
});

interface Described {
  readonly method: string;
  readonly path: string;
  readonly request?: { readonly params?: z.ZodType; readonly query?: z.ZodType };
  readonly responses: { readonly 200?: { readonly content?: Readonly<Record<string, unknown>> } };
}

/**
 * Answers HEAD of every call that reads many records, without reading them: it checks the request, and reads the database once, so that
 * a wrong request, an unknown product and a database that is away are answered as by GET. Register it before the calls themselves.
 */
export function headCalls(app: App, { queries }: Pick<AppParts, "queries">): void {
  for (const { path, params, query, mustBeThere } of gathered) {
    app.get(path, async (c, next) => {
      if (c.req.method !== "HEAD") return next();
      const inPath = params?.safeParse(c.req.param());
      const inQuery = query?.safeParse(queryOf(c));
      if (inPath?.success === false || inQuery?.success === false) return next();
      const { sku, location = mainLocation, cursor, at } = { ...(inPath?.data as Asked), ...(inQuery?.data as Asked) };
      // Only its list knows whether a cursor is one of its own, and few places are asked about but the first. A page is little work.
      if (cursor !== undefined || location !== mainLocation) return next();
      if (at !== undefined && Date.parse(at) > (await queries.now())) return next();
      if (!mustBeThere || sku === undefined) await queries.now();
      else if (!(await isThere(queries, sku))) return next();
      return answer(c, 200, null, json);
    });
  }
}

type Asked =
  | { readonly sku?: Sku; readonly location?: LocationId; readonly cursor?: string; readonly at?: string }
  | undefined;
