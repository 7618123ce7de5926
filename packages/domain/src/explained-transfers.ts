import { Counted, type Part } from "./counted.ts";
import type { JournalRecord } from "./event-rows.ts";
import type { Instant, ReceiptId, TransferId } from "./ids.ts";
import type { Receipt } from "./receipt.ts";
import type { LevelChange } from "./stock-level.ts";

/** A transfer's units of one level. */
export interface TransferUnits {
  readonly transferId: TransferId;
  readonly units: number;
  readonly at: Instant;
}

/** A receipt's units of one level. */
export interface ArrivedUnits {
  readonly receiptId: ReceiptId;
  readonly transferId: TransferId;
  readonly units: number;
  readonly at: Instant;
}

/** What transfers are to a level. */
export interface TransferParts {
  /** Reserved by transfers that have yet to leave. */
  readonly awaiting: Part<TransferUnits>;
  /** That have left with transfers, and did not come back. */
  readonly sent: Part<TransferUnits>;
  /** That were to arrive, whether they have arrived or not, less those that were lost or went back. */
  readonly expected: Part<TransferUnits>;
  /** That have arrived, sellable or not. */
  readonly arrived: Part<ArrivedUnits>;
}

const stages = ["awaiting", "sent", "expected"] as const;

/** A transfer as far as it has been read back. */
type Story = { [S in (typeof stages)[number]]: number } & { at: Instant };

type Steps = Extract<
  JournalRecord,
  { readonly type: "TransferCreated" | "TransferShipped" | "TransferClosed" | "TransferCancelled" }
>;

/** The transfers of one level, read backwards out of its journal. One that has been read back to its beginning is counted and forgotten. */
export class ExplainedTransfers {
  readonly #counted = {
    awaiting: new Counted<TransferUnits>(),
    sent: new Counted<TransferUnits>(),
    expected: new Counted<TransferUnits>(),
  };
  readonly #arrived = new Counted<ArrivedUnits>();
  readonly #stories = new Map<TransferId, Story>();

  addStep({ type, transferId }: Steps, change: LevelChange, at: Instant): void {
    const { incomingStock = 0 } = change;
    const { awaiting, sent, expected } = this.#stories.get(transferId) ?? { awaiting: 0, sent: 0, expected: 0 };
    const story = {
      awaiting: awaiting + change.reservedStock,
      sent: sent - change.totalStock,
      expected: expected + incomingStock,
      at,
    };
    // At its target a transfer begins as it is shipped.
    const isWhole = type === "TransferCreated" || (type === "TransferShipped" && incomingStock > 0);
    if (isWhole) {
      this.#stories.delete(transferId);
      count(this.#counted, transferId, story);
    } else this.#stories.set(transferId, story);
  }

  addReceipt({ id: receiptId, transferId, at }: Receipt, units: number): void {
    this.#arrived.add({ receiptId, transferId, units, at }, units);
  }

  /** Transfers of which the beginning has not been read count with what was read. */
  get parts(): TransferParts {
    const all = {
      awaiting: this.#counted.awaiting.copy(),
      sent: this.#counted.sent.copy(),
      expected: this.#counted.expected.copy(),
    };
    for (const [transferId, story] of this.#stories) count(all, transferId, story);
    return { ...partsOf(all), arrived: this.#arrived.part };
  }

  /** Only those that have been read back to their beginning. */
  get whole(): TransferParts {
    return { ...partsOf(this.#counted), arrived: this.#arrived.part };
  }
}

type CountedStages = { readonly [S in (typeof stages)[number]]: Counted<TransferUnits> };

function count(counted: CountedStages, transferId: TransferId, story: Story): void {
  for (const stage of stages) {
    const units = story[stage];
    if (units !== 0) counted[stage].add({ transferId, units, at: story.at }, units);
  }
}

function partsOf({ awaiting, sent, expected }: CountedStages) {
  return { awaiting: awaiting.part, sent: sent.part, expected: expected.part };
}
