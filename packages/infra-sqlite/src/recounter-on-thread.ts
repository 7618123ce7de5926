import { type Read, type Recount, Unreadable } from "@holdfast/domain";
import type { RecountOptions, RecountQuestion } from "./recount-thread.ts";
import type { Recounter } from "./sqlite-recounts.ts";
import { moduleBeside, Thread } from "./thread.ts";

/** On a thread of its own: a long sum delays no request. Rejects where it cannot be opened. */
export async function recounterOnThread(options: RecountOptions): Promise<Recounter> {
  const module = moduleBeside(import.meta.url, "./recount-thread");
  const thread = await Thread.open<RecountQuestion, Read<Recount> | undefined>(module, options);
  return {
    recountOf: async (level, trust) => withItsClass(await thread.ask({ level, trust })),
    close: () => thread.close(),
  };
}

/** Restores the class that an object lost on its way from another thread. */
export function withItsClass(read: Read<Recount> | undefined): Read<Recount> | undefined {
  if (read === undefined) return undefined;
  if ("reason" in read) return again(read);
  return "reason" in read.journalled ? { ...read, journalled: again(read.journalled) } : read;
}

function again({ kind, id, reason, claimKey }: Unreadable): Unreadable {
  return new Unreadable(kind, id, reason, claimKey);
}
