import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Tarball } from "./pack-packages.ts";
import { type Printed, runProgram } from "./run-program.ts";

/** A program outside the repository, in a folder of its own, which npm installs packages into. */
export class OtherApp {
  readonly folder = mkdtempSync(join(tmpdir(), "holdfast-app-"));

  /** Installs the tarballs, and whatever they depend on, as a user would. */
  static async with(tarballs: readonly Tarball[], ...others: readonly string[]): Promise<OtherApp> {
    const app = new OtherApp();
    app.write("package.json", JSON.stringify({ name: "other-app", private: true, type: "module" }));
    const words = ["--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
    await runProgram("npm", ["install", ...words, ...tarballs.map(({ path }) => path), ...others], app.folder);
    return app;
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  run(program: string, ...words: readonly string[]): Promise<Printed> {
    return runProgram(program, words, this.folder);
  }

  /** With environment variables of its own. */
  runWith(variables: Readonly<Record<string, string>>, program: string, ...words: readonly string[]): Promise<Printed> {
    return runProgram(program, words, this.folder, variables);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
