import type { TransferId, TransferStatus } from "@holdfast/domain";
import type { MemoryTables } from "@holdfast/memory-store";
import type { Random } from "../random.ts";

/** A transfer, mostly one of this status; at times one that there is not. */
export function randomTransferId(
  random: Random,
  { entities: { transfers } }: MemoryTables,
  newId: () => string,
  status: TransferStatus,
): TransferId {
  const all = [...transfers.values()];
  const fitting = all.filter((each) => each.status === status);
  const some = fitting.length > 0 && random.chance(0.85) ? fitting : all;
  return some.length === 0 || random.chance(0.02) ? (`trf_${newId()}` as TransferId) : random.pick(some).id;
}
