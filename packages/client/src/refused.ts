import type { Problem } from "./api.ts";

/** Ends an iteration whose next page or event was refused: go by `problem.code`. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}
