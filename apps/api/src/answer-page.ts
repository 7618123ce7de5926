import { type Read, Unreadable } from "@holdfast/domain";
import type { Paging } from "@holdfast/engine";
import {
  decodeCursor,
  encodeCursor,
  itemSchemaOf,
  type ListRoute,
  type pageOf,
  present,
  type Shown,
  unreadableSchema,
} from "@holdfast/http-contract";
import type { Context } from "hono";
import type { z } from "zod";
import { answer, json } from "./answer.ts";
import type { ShownAnswer } from "./answer-shown.ts";
import type { AppEnv } from "./app-parts.ts";

/** A list that is read page by page. */
interface List<Item, After> {
  /** Reads a cursor of this list. */
  readonly place: z.ZodType<After>;
  readonly read: (paging: Paging<After>) => Promise<readonly Item[]>;
  readonly placeOf: (item: Item) => readonly (string | number)[];
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Reads one page; `undefined` if the cursor is not one of this list. */
export async function readPage<Item, After>(
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  { place, read, placeOf }: List<Item, After>,
): Promise<Page<Item> | undefined> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, place);
  if (cursor !== undefined && after === undefined) return undefined;
  const found = await read({ limit: limit + 1, ...(after !== undefined && { after }) });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null };
}

/** Answers with a page of entities, each as the call's schema shows its view, or as one that cannot be read. */
export function answerPage<Schema extends z.ZodType, Item>(
  c: Context<AppEnv>,
  route: ListRoute<Schema>,
  { items, nextCursor }: Page<Read<Item>>,
  viewOf: (item: Item) => Shown<Schema>,
): ShownAnswer<ReturnType<typeof pageOf<Schema>>> {
  const schema = itemSchemaOf(route);
  const data = items.map((item) =>
    item instanceof Unreadable
      ? present(unreadableSchema, { unreadable: true, ...item })
      : present(schema, viewOf(item)),
  );
  const text = JSON.stringify({ data, nextCursor });
  // Its length decides whether it is compressed.
  const headers = { ...json, "Content-Length": String(new TextEncoder().encode(text).length) };
  return answer(c, 200, text, headers) as ShownAnswer<ReturnType<typeof pageOf<Schema>>>;
}
