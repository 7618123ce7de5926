import { type FeedEpoch, idsByTime } from "@holdfast/engine";
import { readDatabaseUrl, runCommandLine } from "@holdfast/runtime";
import { type BackupCommand, parseCommand, usage } from "./parse-command.ts";
import { placeFile } from "./place-file.ts";
import { backupsOf } from "./wiring.ts";

/** Backs up or restores, as the words say, the first of which is `backup` or `restore`. `program`: how it was started. */
export function runBackup(words: readonly string[], program: string): Promise<0 | 1 | 2> {
  const help = `${program} ${words[0] === "restore" ? "restore" : "backup"} --help`;
  return runCommandLine({ parsed: parseCommand(words), usage: usage(program), help, perform });
}

async function perform(command: Exclude<BackupCommand, { type: "help" }>): Promise<boolean> {
  const backups = backupsOf(readDatabaseUrl());
  const epoch = idsByTime()() as FeedEpoch;
  if (command.type === "new-epoch") {
    await backups.renewEpoch(epoch);
    console.log("The feed begins anew. Readers with an older cursor are answered 410 feed_restarted.");
    return true;
  }
  const { type, file, force } = command;
  if (type === "backup") {
    const place = { file, force, own: backups.own };
    note(await placeFile(place, (part) => backups.backUp(part, epoch)));
    console.log(`Backed up to ${file}`);
  } else {
    const { kept, ...restored } = await backups.restore(file, epoch, force);
    note(restored);
    if (kept !== undefined) console.log(`The database that was there is kept as ${kept}`);
    console.log(`Restored ${file}. The feed begins anew.`);
  }
  return true;
}

function note({ fault }: { readonly fault?: string }): void {
  if (fault !== undefined) console.error(`Look at it before you rely on it: ${fault}.`);
}
