import { z } from "@hono/zod-openapi";
import { unreadableSchema } from "./unreadable-schema.ts";

export const pageLimitDefault = 50;
export const pageLimitMax = 200;
/** Room for the longest place: a name and a SKU of four bytes a character, as JSON in base64. */
const cursorLengthMax = 2_500;
/** The longest that a request may wait for an event: a proxy gives up on a silent one not much later. */
export const waitSecondsMax = 30;

/** A whole number as a query spells it. What else `Number` would read is refused: `0x10`, `1e1`, ` 5`. */
export function wholeNumber(min: number, max: number) {
  return z.preprocess(
    (text) => (typeof text === "string" && /^-?(0|[1-9]\d*)$/.test(text) ? Number(text) : text),
    z.int().min(min).max(max),
  );
}

/** `limit` and `cursor` of every list. */
export const pagingQuery = {
  limit: wholeNumber(1, pageLimitMax)
    .default(pageLimitDefault)
    .openapi({ description: `At most ${pageLimitMax}.` }),
  cursor: z
    .string()
    .max(cursorLengthMax)
    .optional()
    .openapi({ description: "`nextCursor` of the page before. Use it with the same filters." }),
};

/** One page of a list. `nextCursor` is null on the last one. A record that cannot be read has a place in it. */
export function pageOf<Item extends z.ZodType>(name: string, item: Item) {
  return z
    .object({
      data: z.array(z.union([item, unreadableSchema])).openapi({ description: "At most `limit`." }),
      nextCursor: z.string().nullable().openapi({ description: "`cursor` of the next page; null on the last one." }),
    })
    .openapi(`${name}Page`);
}

/** A call that answers with pages. */
export interface ListRoute<Item extends z.ZodType> {
  readonly responses: {
    readonly 200: { readonly content: { readonly "application/json": { readonly schema: PageSchema<Item> } } };
  };
}

type PageSchema<Item extends z.ZodType> = ReturnType<typeof pageOf<Item>>;

/** What the pages of a call are made of. */
export function itemSchemaOf<Item extends z.ZodType>({ responses }: ListRoute<Item>): Item {
  return responses[200].content["application/json"].schema.shape.data.element.options[0];
}

/** A place in a list as an opaque text, safe in a URL. */
export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Reads a cursor back; `undefined` where it is none of ours, or one of another list. */
export function decodeCursor<Place>(cursor: string, place: z.ZodType<Place>): Place | undefined {
  try {
    const parsed = place.safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
