import type { MemoryTables } from "@holdfast/memory-store";
import { allModels, modelOf } from "../models/models.ts";
import type { Attempt } from "../people/requests.ts";
import type { Ledger } from "./ledger.ts";
import { Witness } from "./witness.ts";

/**
 * Judges every reply at the end: what was acknowledged exists as acknowledged, what was called not written does not exist, a key always
 * got the same answer, and a refusal was true at some point between the request and its reply. Nothing exists that was not asked for.
 */
export function replyFaults(attempts: readonly Attempt[], tables: MemoryTables, ledger: Ledger): string[] {
  const witness = new Witness(tables, ledger);
  const found = attempts.flatMap((attempt) => [...attemptFaults(witness, attempt)]);
  const commands = attempts.map(({ command }) => command);
  for (const [type, { historyFaults }] of allModels) {
    const requests = commands.filter((command) => command.type === type);
    if (historyFaults !== undefined) found.push(...historyFaults(witness, requests));
  }
  return found;
}

function attemptFaults(witness: Witness, { command, from, answered }: Attempt): Iterable<string> {
  if (answered === undefined) return [`${command.type} was never answered`];
  const exchange = { command, from, ...answered };
  return [...witness.sameForKey(exchange), ...modelOf(command).replyFaults(witness, exchange)];
}
