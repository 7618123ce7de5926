import { spawnNode } from "@holdfast/test-services";

/** Opens streams of the feed at a cursor, in a process of their own. `stop` closes them, and returns the megabytes that they have received. */
export async function openStreams(
  { url, apiKey }: { readonly url: string; readonly apiKey: string | undefined },
  count: number,
  cursor: string,
): Promise<{ stop(): Promise<number> }> {
  const app = await spawnNode({
    entry: "loadtests/bench/load/feed-reader-process.ts",
    arguments: [url, String(count), cursor, ...(apiKey === undefined ? [] : [apiKey])],
    readyLine: "all streams are open",
  });
  return {
    async stop() {
      await app.stop();
      return Number(/bytes (\d+)/.exec(app.logs())?.[1]) / 1_000_000;
    },
  };
}
