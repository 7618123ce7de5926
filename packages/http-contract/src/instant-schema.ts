import type { Instant } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";

/** An instant in answers: ISO 8601 in UTC with milliseconds; milliseconds since 1970 everywhere else. */
export const instantSchema = z.codec(
  z.iso.datetime().openapi({ example: "2026-11-22T18:00:00.000Z" }),
  z.custom<Instant>(Number.isSafeInteger),
  { decode: (text) => Date.parse(text) as Instant, encode: (instant) => new Date(instant).toISOString() },
);
