import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** What `.ci/run` prints at its end, where a log that was cut still shows it. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  /** A line for each failed test, each file that could not run to its end, and each error outside of tests. */
  readonly problems: readonly string[];
}

/** Writes the results of a run as JSON to `file`. */
export class ResultsReporter implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const failed = tests.filter((test) => test.result().state === "failed");
    const problems = [
      ...failed.map((test) => problem(`${pathOf(test.module)} > ${test.fullName}`, test.result().errors)),
      ...modules.flatMap((module) => module.errors().map((error) => problem(pathOf(module), [error]))),
      ...tests
        .filter((test) => test.result().state === "pending")
        .map((test) => `${pathOf(test.module)} > ${test.fullName}: did not end`),
      ...errors.map((error) => problem("outside of tests", [error])),
    ];
    const passed = tests.filter((test) => test.result().state === "passed").length;
    const results: Results = { passed, failed: problems.length, problems };
    writeFileSync(this.#file, JSON.stringify(results));
  }
}

function pathOf(module: TestModule): string {
  return relative(process.cwd(), module.moduleId);
}

/** One line: the first of each error, and of what caused it. */
function problem(where: string, errors: readonly SerializedError[] = []): string {
  const lines = errors.flatMap((error) => [error.message, (error.cause as SerializedError | undefined)?.message ?? ""]);
  const first = lines.map((text) => text.split("\n")[0]).filter((text) => text !== "");
  return `${where}: ${first.join("; ")}`;
}
