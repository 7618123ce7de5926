import type { Actor, Claim, Command, LocationId, OrderId, Sku } from "@holdfast/domain";
import type { Answered, Witness } from "../checks/witness.ts";
import type { Random } from "../random.ts";

/** A command as a client puts it: the API gives it ids, at every attempt new ones. */
export type Body<C> = Omit<C, "type" | "actor" | "orderId" | "adjustmentId" | "correctionId" | "claim">;

/** The API key that everything is asked under. */
export const shopKey = "shop" as Actor;

/** How the simulator plays a command. */
export interface CommandModel<C extends Command> {
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
}
