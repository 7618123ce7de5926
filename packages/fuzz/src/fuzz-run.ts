import fc from "fast-check";
import { expect } from "vitest";

interface FuzzRun<Request> {
  /** The test file, to be named in the command that plays it again. */
  readonly file: string;
  /** How many sequences of requests to play, unless `FUZZ_SEQUENCES` says so. */
  readonly sequences: number;
  readonly requests: fc.Arbitrary<Request>;
  readonly play: (requests: readonly Request[]) => Promise<void>;
}

/** Requests of one sequence. Long enough for orders to be placed, paid and listed. */
const requestsMax = 60;

/** `TEST_SEED` and `FUZZ_PATH` play a failure again, `FUZZ_SEQUENCES` plays more. */
const { FUZZ_PATH: path, FUZZ_SEQUENCES: sequencesAsked } = process.env;

/** Plays random sequences. Throws at the first that fails, shrunk, with the command that repeats it. */
export async function fuzz<Request>({ file, sequences, requests, play }: FuzzRun<Request>): Promise<void> {
  const sequence = fc.array(requests, { minLength: 1, maxLength: requestsMax, size: "max" });
  const result = await fc.check(fc.asyncProperty(sequence, play), {
    numRuns: Number(sequencesAsked ?? sequences),
    ...(path === undefined ? {} : { path }),
  });
  if (!result.failed) return;
  const { numRuns, counterexample, counterexamplePath, errorInstance } = result;
  const again = `TEST_SEED=${result.seed} FUZZ_PATH=${counterexamplePath} pnpm exec vitest run ${file} -t "${expect.getState().currentTestName}"`;
  const shortest = fc.stringify(counterexample?.[0]).slice(0, 5_000);
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(`in sequence ${numRuns}:\n${why}\n\nThe shortest: ${shortest}\n\nAgain: ${again}`);
}
