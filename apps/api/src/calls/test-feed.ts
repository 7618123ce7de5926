import { answered, type TestApi } from "../test-api.ts";

/** What a test reads of a page of the feed. */
export interface Page {
  readonly data: readonly { readonly type: string; readonly position: number; readonly index: number }[];
  readonly nextCursor: string;
}

/** A page of the feed, from its beginning unless the query says otherwise. */
export async function read(api: TestApi, query = ""): Promise<Page> {
  return (await answered(200, api.get(`/v1/events${query}`))) as unknown as Page;
}
