import type { CommandReads } from "./command-module.ts";
import { type Command, claimedBy, claimOf, moduleOf } from "./commands.ts";
import { declarationOf, type EntityName } from "./entities.ts";
import type { Snapshot } from "./snapshot.ts";
import { claimedKey, recordKey, type Unreadable } from "./stored/unreadable.ts";

/**
 * The first record that a command would have to be decided on and that cannot be read; `undefined` where all can.
 * Nothing may be decided on such a record: not that it exists, and not that it does not.
 */
export function unreadableFor(snapshot: Snapshot, command: Command): Unreadable | undefined {
  const { unreadable } = snapshot;
  if (unreadable.size === 0) return undefined;
  const { reads, leadsTo } = moduleOf(command);
  const claim = claimOf(command);
  // An order's end gives back what it holds, whatever its holder's count and its customer's purchases say.
  const { holdings: _holdings, purchases: _purchases, ...behind } = leadsTo?.(command, snapshot) ?? {};
  const keys = [
    ...(claim === undefined ? [] : [claimedKey(declarationOf(claimedBy(command)).kind, claim.key)]),
    ...recordKeys(reads(command)),
    ...recordKeys(behind),
  ];
  for (const key of keys) {
    const record = unreadable.get(key);
    if (record !== undefined) return record;
  }
  return undefined;
}

function recordKeys({ recounts = [], fullRecounts = [], lists: _lists, ...tables }: CommandReads): string[] {
  const named = Object.entries(tables) as [EntityName, readonly string[]][];
  return [
    ...named.flatMap(([name, keys]) => keys.map((key) => recordKey(declarationOf(name).kind, key))),
    ...[...recounts, ...fullRecounts].map((key) => recordKey("tally", key)),
  ];
}
