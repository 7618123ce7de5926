import type { Problem } from "./api.ts";
import { pause, pauseBefore } from "./pause.ts";

/** What a page does about a stream. */
export interface Listeners<Message> {
  readonly message: (message: Message) => void;
  /** Holdfast will not tell more. Nothing comes any more. */
  readonly refused?: (problem: Problem) => void;
}

/** How a stream is opened. */
export interface Opening<Message> {
  /** Makes a token: one opens the stream once or twice, and only at once. */
  readonly token: () => Promise<
    { readonly ok: true; readonly value: { readonly token: string } } | ({ readonly ok: false } & Problem)
  >;
  /** Where the stream is, apart from the token, if it is to go on behind a message. */
  readonly url: (behind: string | undefined) => string;
  readonly read: (data: string, id: string) => Message;
}

/**
 * Listens with the platform's own `EventSource`. When the line breaks it opens another one, with a new token. @returns what ends it
 */
export function listen<Said>(opening: Opening<Said>, { message, refused }: Listeners<Said>): () => void {
  const stop = new AbortController();
  let source: EventSource | undefined;
  let behind: string | undefined;
  let tries = 0;
  const end = () => {
    stop.abort();
    source?.close();
  };
  const refuse = (problem: Problem) => {
    end();
    refused?.(problem);
  };
  const again = async () => {
    source?.close();
    tries += 1;
    await pause(pauseBefore(tries, undefined), stop.signal).then(open, () => {});
  };
  const open = async (): Promise<void> => {
    const made = await opening.token().catch(() => undefined);
    if (stop.signal.aborted) return;
    if (made === undefined) return await again();
    if (!made.ok) return refuse(made);
    source = new EventSource(`${opening.url(behind)}${made.value.token}`);
    source.onmessage = ({ data, lastEventId }) => {
      tries = 0;
      if (lastEventId !== "") behind = lastEventId;
      message(opening.read(data, lastEventId));
    };
    source.addEventListener("end", ({ data }) => refuse(JSON.parse(data)));
    // By itself it would come again with the same token, which soon opens nothing.
    source.onerror = () => void again();
  };
  void open();
  return end;
}
