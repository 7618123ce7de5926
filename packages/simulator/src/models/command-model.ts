import type { Actor, Claim, Command, LocationId, Order, OrderId, Sku, StockFigures } from "@holdfast/domain";
import type { Answered, Witness } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";

/** A command as a client puts it: the API gives it ids, at every attempt new ones. */
export type Body<C> = Omit<C, "type" | "actor" | "orderId" | "adjustmentId" | "correctionId" | "claim">;

/** Who asks, until a person puts its own API key in its place. */
export const shopKey = "shop" as Actor;

/** When a command is asked in the big simulation, and how. */
export type Occasion =
  /** Out of the blue. `weight`: how often, against all else that people begin. */
  | { readonly when: "anytime"; readonly weight: Weight; readonly ask: (person: Person) => Promise<void> }
  /** To end an order that was placed. `weight`: how often, against all else that ends one. */
  | { readonly when: "ordered"; readonly weight: Weight; readonly ask: AskOfOrder }
  /** Looking back at an order, which mostly has ended. `undefined`: there is no such order. */
  | { readonly when: "later"; readonly chance: (order: Order | undefined) => number; readonly ask: AskOfOrder }
  /** Soon after somebody has edited a level in the database. */
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
   * What is wrong with a reply, now that all is over. Judges by the witness, whose books know nothing of the domain's rows:
   * what is right is said here a second time, on purpose.
   */
  readonly replyFaults: (witness: Witness, answered: Answered<C>) => Iterable<string>;
  /** What is wrong with all that was made, given every request for it. Left out where replies say it all. */
  readonly historyFaults?: (witness: Witness, requests: readonly C[]) => Iterable<string>;
  /** How the differential test draws it, and its share of what the test asks. */
  readonly sequence: { readonly share: number; readonly draw: (draw: Draw) => C };
}

/** What one command of a random sequence is drawn from. */
export interface Draw {
  readonly random: Random;
  /** Of this command alone: what its own id is made of. */
  readonly id: string;
  readonly skus: readonly Sku[];
  /** One of them. A sequence has yet to create some. */
  readonly sku: Sku;
  readonly locationId: LocationId;
  /** An order that an earlier command may have placed. */
  readonly orderId: OrderId;
  /** Left out: the command comes without a key. */
  readonly claim: Claim | undefined;
  /** What a level's orders and adjustments add up to by now; `undefined`: there is no such level. */
  readonly sourcesOf: (sku: Sku, locationId: LocationId) => StockFigures | undefined;
}
