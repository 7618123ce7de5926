/** A message of a stream of server-sent events. */
export interface ServerSentEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** The messages of a stream, until it ends or the signal ends it. Rejects where it breaks, or says nothing for so long. */
export async function* serverSentEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  silenceMsMax: number,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const reader = body.getReader();
  // Not a TextDecoderStream: when the line breaks, that throws away what has come before.
  const decoder = new TextDecoder();
  const leave = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", leave, { once: true });
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await withinMs(reader.read(), silenceMsMax);
      if (done) return;
      const messages = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = messages.pop() ?? "";
      for (const message of messages) {
        const event = eventOf(message);
        if (event.data !== "") yield event;
      }
    }
  } finally {
    signal.removeEventListener("abort", leave);
    leave();
  }
}

/** Lines as Holdfast writes them. Comments and what is not known are passed over. */
function eventOf(message: string): ServerSentEvent {
  const fields = { id: "", event: "message", data: "" };
  for (const line of message.split("\n")) {
    const [, name = "", value = ""] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
    if (name === "id" || name === "event" || name === "data") fields[name] = value;
  }
  return { id: fields.id, type: fields.event, data: fields.data };
}

async function withinMs<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came for ${ms} ms`)), ms);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
