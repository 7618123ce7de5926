import { unreachable } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";
import type { Attempt } from "../people/reply.ts";
import { cancelledFaults, confirmedFaults } from "./end-replies.ts";
import type { Ledger } from "./ledger.ts";
import { moneyFaults } from "./money-replies.ts";
import { placedFaults } from "./place-replies.ts";
import { refundedFaults } from "./refund-replies.ts";
import { policyFaults, reviewedFaults } from "./review-replies.ts";
import { adjustedFaults, createdFaults } from "./stock-replies.ts";
import { Witness } from "./witness.ts";

/**
 * Looks at everything that clients were told, when all is over: what was acknowledged is there as acknowledged, what
 * was called not written is not, a key is answered the same always, and a refusal was true at some point between the
 * request and its reply. Nothing is there that nobody asked for.
 */
export function replyFaults(attempts: readonly Attempt[], tables: MemoryTables, ledger: Ledger): string[] {
  const witness = new Witness(tables, ledger);
  const found = attempts.flatMap((attempt) => [...attemptFaults(witness, attempt)]);
  const asked = new Set(attempts.map(({ command }) => (command.type === "PlaceOrder" ? command.orderId : undefined)));
  for (const { id } of tables.entities.orders.values()) if (!asked.has(id)) found.push(`nobody asked for ${id}`);
  return [...found, ...moneyFaults(witness, attempts), ...policyFaults(witness, attempts)];
}

function attemptFaults(witness: Witness, { command, from, answered }: Attempt): Iterable<string> {
  if (answered === undefined) return [`${command.type} was never answered`];
  const told = { from, ...answered };
  switch (command.type) {
    case "CreateProduct":
      return createdFaults(witness, { ...told, command });
    case "AdjustStock":
      return adjustedFaults(witness, { ...told, command });
    case "PlaceOrder":
      return placedFaults(witness, { ...told, command });
    case "ConfirmOrder":
      return confirmedFaults(witness, { ...told, command });
    case "CancelOrder":
      return cancelledFaults(witness, { ...told, command });
    case "RecordRefund":
      return refundedFaults(witness, { ...told, command });
    case "ReviewLatePayment":
      return reviewedFaults(witness, { ...told, command });
    default:
      return unreachable(command);
  }
}
