import { endWithLaunchers, readCommandLine } from "@holdfast/runtime";
import { startStandalone } from "./deployments/standalone.ts";
import { loadUsage, readLoadOptions } from "./load-options.ts";
import { isClean, loadReport } from "./load-report.ts";
import { runScenario } from "./run-scenario.ts";

// `pnpm load <name> [--buyers N --stock N --url URL[,URL] ...]`. Exit code 1: a promise was broken.

endWithLaunchers();

const words = process.argv.slice(2);
const { urls, ...options } = readCommandLine({ words, usage: loadUsage() }, readLoadOptions);
try {
  const own = urls.length === 0 ? await startStandalone() : undefined;
  try {
    console.log(own ? "on a standalone of its own, with a fresh database" : `on ${urls.join(" and ")}`);
    // From the environment: other users could read it on a command line.
    const apiKey = own?.apiKey ?? process.env["API_KEY"];
    const result = await runScenario({ ...options, urls: own?.urls ?? urls, apiKey });
    console.log(loadReport(result));
    process.exitCode = isClean(result) ? 0 : 1;
  } finally {
    await own?.stop();
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
