import { readFileSync } from "node:fs";
import { bundle } from "./bundle.ts";

const deployed = readFileSync(new URL("../wrangler.jsonc", import.meta.url), "utf8").replace(/^\s*\/\/.*$/gm, "");

/** Which behaviour of the runtime the code is tested with: the one that it is deployed with. */
const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } = JSON.parse(deployed) as {
  readonly compatibility_date: string;
  readonly compatibility_flags: string[];
};

/** An entry of this app as miniflare runs it; `built`, where there is a module of it already. */
export async function workerModules(entry: string, built?: string) {
  const modules = [{ type: "ESModule" as const, path: "worker.mjs", contents: built ?? (await bundle(entry)) }];
  return { modules, compatibilityDate, compatibilityFlags };
}
