import { type Read, type Recount, Unreadable } from "@holdfast/domain";
import type { SideWorkOptions, SideWorkQuestion } from "./side-work-thread.ts";
import type { Recounter } from "./sqlite-recounts.ts";
import { moduleBeside, Thread } from "./thread.ts";

/** What is done beside requests and commits. */
export interface SideWork extends Recounter {
  /** Copies most of the write-ahead log into the database. Rejects where that fails. */
  copyLog(): Promise<unknown>;
}

/** On a thread of its own: a long sum delays no request. Rejects where it cannot be opened. */
export async function sideWorkOnThread(options: SideWorkOptions): Promise<SideWork> {
  const module = moduleBeside(import.meta.url, "./side-work-thread");
  const thread = await Thread.open<SideWorkQuestion, Read<Recount> | undefined>(module, options);
  return {
    recountOf: async (level, trust) => withItsClass(await thread.ask({ level, trust })),
    copyLog: () => thread.ask("copyLog"),
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
