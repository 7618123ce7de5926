import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readCommandLine, UsageError } from "@holdfast/runtime";
import { type GeneratorName, generators } from "./generators.ts";
import { expectedOutput, serveHoldfast, tryGenerator } from "./try-generator.ts";

const usage = `Makes clients from /openapi.json, and lets each place and confirm an order.

  pnpm clients [NAME ...]    ${Object.keys(generators).join(", ")}; all unless named`;

const names = readCommandLine({ words: process.argv.slice(2), usage }, (words) => {
  const { positionals } = parseArgs({ args: [...words], options: {}, allowPositionals: true });
  const unknown = positionals.find((name) => !(name in generators));
  if (unknown !== undefined) throw new UsageError(`There is no generator ${unknown}`);
  return positionals;
});

const folder = join(import.meta.dirname, "../.generated/server");
await rm(folder, { recursive: true, force: true });
const server = await serveHoldfast(folder);
let failed = 0;
for (const name of (names.length > 0 ? names : Object.keys(generators)) as GeneratorName[]) {
  const started = performance.now();
  const output = await tryGenerator(name, server).catch((error: Error) => error.message);
  const ok = output === expectedOutput;
  if (!ok) failed += 1;
  console.log(`${ok ? "ok    " : "FAILED"} ${name} (${Math.round((performance.now() - started) / 1_000)} s)`);
  if (!ok) console.log(`it needs ${generators[name].needs.join(", ") || "nothing"}; it said:\n${output}`);
}
await server.stop();
process.exitCode = failed === 0 ? 0 : 1;
