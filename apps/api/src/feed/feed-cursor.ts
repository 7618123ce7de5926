import { fail, type Result, succeed } from "@holdfast/domain";
import { type FeedEnd, type FeedEpoch, type FeedPlace, feedStart, type Queries } from "@holdfast/engine";
import { decodeCursor, encodeCursor } from "@holdfast/http-contract";
import { z } from "zod";

/** Where a reader begins in the current feed. */
export interface FeedBeginning {
  readonly epoch: FeedEpoch;
  readonly from: FeedPlace;
}

/** Why a reader cannot begin there. `feed_restarted`: the cursor is of the feed before a restore. */
export type NoBeginning =
  | { readonly code: "invalid_cursor" }
  | { readonly code: "feed_restarted"; readonly nextCursor: string };

const cursorSchema = z.tuple([z.literal("event"), z.string().regex(/^[0-9A-Z]{26}$/), z.int().min(1), z.int().min(0)]);

/** A place in the feed as a cursor. It contains the epoch, so that it is invalid in another feed. */
export function feedCursorOf(epoch: FeedEpoch, { position, index }: FeedPlace): string {
  return encodeCursor(["event", epoch, position, index]);
}

/**
 * Where a cursor points; without one, the feed's start. Asks the database, since a restored one has another feed: a reader of the old feed
 * would silently miss events, or wait for ever. A place beyond the end of the same epoch is refused too: a copy was put back by hand.
 */
export async function feedBeginning(
  queries: Pick<Queries, "feedEnd">,
  cursor: string | undefined,
): Promise<Result<FeedBeginning, NoBeginning>> {
  if (cursor === undefined) return succeed({ epoch: (await queries.feedEnd()).epoch, from: feedStart });
  const [, epoch, position, index] = decodeCursor(cursor, cursorSchema) ?? [];
  if (position === undefined || index === undefined) return fail({ code: "invalid_cursor" });
  const from = { position, index };
  const end = await queries.feedEnd(position - 1);
  return end.epoch === epoch && !isBeyond(from, end) ? succeed({ epoch: end.epoch, from }) : fail(restarted(end.epoch));
}

/** The answer to a reader of another epoch. */
export function restarted(epoch: FeedEpoch): NoBeginning {
  return { code: "feed_restarted", nextCursor: feedCursorOf(epoch, feedStart) };
}

/** The furthest place of a reader is that of the next event, which may not have happened yet. */
function isBeyond({ position, index }: FeedPlace, end: FeedEnd): boolean {
  return position > end.position + 1 || (position === end.position + 1 && index > 0);
}
