import type { Written } from "./row-writer.ts";
import { reasonOf } from "./sqlite-errors.ts";
import { moduleBeside, Thread } from "./thread.ts";
import { ThreadGone } from "./thread-gone.ts";
import type { Writer } from "./writer.ts";
import type { WriterOptions, WriterQuestion } from "./writer-thread.ts";

/** Writes on a thread of its own, so that this one serves requests while the disk works. Rejects where it cannot be opened. */
export async function writerOnThread(options: WriterOptions): Promise<Writer> {
  const module = moduleBeside(import.meta.url, "./writer-thread");
  const thread = await Thread.open<WriterQuestion, Written>(module, options);
  return {
    write: (request) => thread.ask(request).catch(notAnswered),
    writeKey: (request) => thread.ask(request).catch(notAnswered),
    writeFold: (request) => thread.ask(request).catch(notAnswered),
    probe: () => thread.ask("probe").catch(notAnswered),
    close: () => thread.close(),
  };
}

/** A thread that had the question may have written before it ended. */
function notAnswered(cause: unknown): Written {
  const reason = reasonOf(cause, "written");
  if (cause instanceof ThreadGone && !cause.asked) return { kind: "not_committed", transient: true, reason, cause };
  return { kind: "unknown", reason, cause };
}
