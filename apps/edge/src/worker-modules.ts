import { bundle } from "./bundle.ts";

/** What wrangler.jsonc says too: which behaviour of the runtime the code was tested with. */
export const compatibility = { compatibilityDate: "2026-05-03", compatibilityFlags: ["nodejs_compat"] };

/** An entry of this app as miniflare runs it. */
export async function workerModules(entry: string) {
  const modules = [{ type: "ESModule" as const, path: "worker.mjs", contents: await bundle(entry) }];
  return { modules, ...compatibility };
}
