import type {
  Actor,
  Claim,
  Command,
  LocationId,
  Order,
  OrderId,
  Sku,
  StockFigures,
  TransferId,
} from "@holdfast/domain";
import type { Answered, Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";

/** A command as a client sends it. The API adds ids, new ones for every attempt. */
export type Body<C> = Omit<
  C,
  | "type"
  | "actor"
  | "orderId"
  | "adjustmentId"
  | "correctionId"
  | "fulfilmentId"
  | "reversalId"
  | "repaymentId"
  | "transferId"
  | "receiptId"
  | "claim"
>;

/** A placeholder for the actor, until a person puts its own API key there. */
export const shopKey = "shop" as Actor;

/** When a command is asked in the big simulation, and how. */
export type Occasion =
  /** At any time. `weight`: how often, against everything else that people begin. */
  | { readonly when: "anytime"; readonly weight: Weight; readonly ask: (person: Person) => Promise<void> }
  /** To end an order. `weight`: how often, against everything else that ends one. */
  | { readonly when: "ordered"; readonly weight: Weight; readonly ask: AskOfOrder }
  /** Looking back at an order, which mostly has ended. `undefined`: there is no such order. */
  | { readonly when: "later"; readonly chance: (order: Order | undefined) => number; readonly ask: AskOfOrder }
  /** Soon after a level was edited in the database. */
  | { readonly when: "edited"; readonly ask: (person: Person) => Promise<void> }
  /** By a worker's own sweep: people never ask it. */
  | { readonly when: "sweep" };

type Weight = (world: World) => number;
type AskOfOrder = (person: Person, id: OrderId) => Promise<unknown>;

/** How the simulator plays a command. */
export interface CommandModel<C extends Command> {
  /** When and how it is asked: one occasion at least. */
  readonly occasions: readonly [Occasion, ...Occasion[]];
  /**
   * What is wrong with a reply, at the end. Judges by the witness, whose books are independent of the domain's rows:
   * the rules are stated here a second time, on purpose.
   *
   * Two refusals come in no seed, and are faults where they do. `record_unreadable`: no simulated record is damaged, because every
   * check compares whole tables with the books. The store contract damages records, on every store. `too_many_payments`: no simulated
   * shop reports as many payments of one order as it may have (100); a test of the domain does.
   */
  readonly replyFaults: (witness: Witness, answered: Answered<C>) => Iterable<string>;
  /** What is wrong with everything that was made, given every request for it. Left out if the replies show it all. */
  readonly historyFaults?: (witness: Witness, requests: readonly C[]) => Iterable<string>;
  /** How the differential test draws it, and its share of what the test asks. */
  readonly sequence: { readonly share: number; readonly draw: (draw: Draw) => C };
}

/** What a model may use to draw one command of a random sequence. */
export interface Draw {
  readonly random: Random;
  /** A text that no other command has, to make its id of. */
  readonly id: string;
  readonly skus: readonly Sku[];
  /** A random SKU. Some of them have yet to be created. */
  readonly sku: Sku;
  readonly locationId: LocationId;
  /** An order that an earlier command may have placed. */
  readonly orderId: OrderId;
  /** A transfer that an earlier command may have made. */
  readonly transferId: TransferId;
  /** Left out: the command comes without a key. */
  readonly claim: Claim | undefined;
  /** What a level's orders and adjustments add up to by now; `undefined`: there is no such level. */
  readonly sourcesOf: (sku: Sku, locationId: LocationId) => StockFigures | undefined;
}
