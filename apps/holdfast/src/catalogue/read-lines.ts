/** The longest line that is read. A row is far shorter; a file of something else may be one line. */
const lineLengthMax = 65_536;

/** A line of a file, numbered from 1. `text` is undefined where it is longer than it may be. */
export interface Line {
  readonly line: number;
  readonly text: string | undefined;
}

/** The lines of a stream of UTF-8, except blank ones. Keeps one line at most, whatever the stream holds. `seen` is called with each piece's bytes. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  seen: (bytes: number) => void,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let line = 1;
  let rest = "";
  let tooLong = false;
  function* cut(text: string, isEnd: boolean): Generator<Line> {
    const parts = text.split("\n");
    const last = parts.pop() ?? "";
    for (const part of isEnd ? [...parts, last] : parts) {
      const whole = rest + part;
      if (tooLong || whole.length > lineLengthMax) yield { line, text: undefined };
      else if (whole.trim() !== "") yield { line, text: whole };
      [line, rest, tooLong] = [line + 1, "", false];
    }
    if (isEnd) return;
    rest += last;
    if (rest.length <= lineLengthMax) return;
    [rest, tooLong] = ["", true];
  }
  for await (const chunk of chunks) {
    seen(chunk.length);
    yield* cut(decoder.decode(chunk, { stream: true }), false);
  }
  yield* cut(decoder.decode(), true);
}
