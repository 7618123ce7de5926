import type { CheckedShop } from "./shop-checks.ts";

/** The first event of the feed's stream that is looked for. */
export async function streamed(
  shop: Pick<CheckedShop, "ask">,
  isLookedFor: (event: Readonly<Record<string, unknown>>) => boolean,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await shop.ask("/v1/events/stream");
  if (response.status !== 200 || response.body === null) throw new Error(`the stream answered ${response.status}`);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let text = ""; ; ) {
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages) {
        const [, data] = /^data: (.*)$/m.exec(message) ?? [];
        const event = data === undefined ? undefined : JSON.parse(data);
        if (event !== undefined && isLookedFor(event)) return event;
      }
      const { done, value } = await reader.read();
      if (done) throw new Error("the stream ended");
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel();
  }
}
