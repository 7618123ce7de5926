import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { OtherApp } from "./other-app.ts";

/** How programs find the types of a package. */
export const moduleModes = ["nodenext", "bundler"] as const;

const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");

/** Checks a program's types as strictly as TypeScript can, the packages' own declarations too. Rejects with the errors. */
export async function checkTypes(
  app: OtherApp,
  mode: (typeof moduleModes)[number],
  files: readonly string[],
  types: readonly string[] = [],
): Promise<void> {
  const config = `tsconfig.${mode}.json`;
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    types,
    module: mode === "bundler" ? "ESNext" : "NodeNext",
    moduleResolution: mode,
  };
  app.write(config, JSON.stringify({ compilerOptions, files }));
  await runTsc(app, config);
}

/** Checks a program by a configuration in its folder. Rejects with the errors. */
export async function runTsc(app: OtherApp, config: string): Promise<void> {
  await app.run(process.execPath, tsc, "-p", config);
}
