import type { Written } from "./row-writer.ts";
import { reasonOf } from "./sqlite-errors.ts";
import { moduleBeside, Thread } from "./thread.ts";
import { ThreadGone } from "./thread-gone.ts";
import type { Writer } from "./writer.ts";
import type { WriterAnswer, WriterOptions, WriterQuestion } from "./writer-thread.ts";

/**
 * Writes on a thread of its own, so that this one serves requests while the disk works. `copyLog` copies the write-ahead log on
 * another thread, when it has become long. Rejects where the thread cannot be opened.
 */
export async function writerOnThread(options: WriterOptions, copyLog: () => Promise<unknown>): Promise<Writer> {
  const module = moduleBeside(import.meta.url, "./writer-thread");
  const thread = await Thread.open<WriterQuestion, WriterAnswer>(module, options);
  const copy = async () => {
    const copied = await copyLog().then(
      () => "copied" as const,
      () => "notCopied" as const,
    );
    await thread.ask(copied).catch(() => {}); // it has ended, and its next one looks at the log anew
  };
  const ask = async (question: WriterQuestion): Promise<Written> => {
    try {
      const answer = await thread.ask(question);
      if (answer.copyLog) void copy();
      return answer.written;
    } catch (cause) {
      return notAnswered(cause);
    }
  };
  return {
    write: ask,
    writeKey: ask,
    writeFold: ask,
    probe: () => ask("probe"),
    close: () => thread.close(),
  };
}

/** A thread that had the question may have written before it ended. */
function notAnswered(cause: unknown): Written {
  const reason = reasonOf(cause, "written");
  if (cause instanceof ThreadGone && !cause.asked) return { kind: "not_committed", transient: true, reason, cause };
  return { kind: "unknown", reason, cause };
}
