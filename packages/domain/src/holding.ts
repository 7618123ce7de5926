import { entity } from "./entity-declaration.ts";
import { count, faultOf, text } from "./stored/record-checks.ts";

/**
 * The units that one holder has reserved now. Counted as reservations begin and end, so that a bound costs the same however much is
 * held. A holder of none has no holding: what is stored grows with the holders that hold something, and shrinks with them.
 */
export interface Holding {
  /** By `holderKey`. */
  readonly holder: string;
  readonly units: number;
}

export const holdings = entity<Holding>()({
  kind: "holding",
  key: ["holder"],
  guards: ["units"],
  isGone: ({ units }) => units === 0,
  fault: faultOf<Holding>("a holding", { holder: text, units: count }),
  searched: {},
  searchedParts: {},
});
