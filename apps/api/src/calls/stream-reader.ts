/** The messages of a stream, taken one by one. */
export class StreamReader {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor(response: Response) {
    if (response.body === null) throw new Error("a stream has a body");
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next message; `undefined` at the stream's end. */
  async next(): Promise<string | undefined> {
    while (!this.#text.includes("\n\n")) {
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += value;
    }
    const [message = "", ...rest] = this.#text.split("\n\n");
    this.#text = rest.join("\n\n");
    return message;
  }

  async events(count: number): Promise<{ readonly id: string; readonly event: unknown }[]> {
    const events = [];
    while (events.length < count) {
      const [data = "", id = ""] = (await this.next())?.split("\n") ?? [];
      events.push({ id: id.slice("id: ".length), event: JSON.parse(data.slice("data: ".length)) as unknown });
    }
    return events;
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }
}
