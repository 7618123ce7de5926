import { join } from "node:path";
import { build } from "esbuild";

/**
 * One module of all that an entry of this app imports, as Workers run it. What Node brings (`node:crypto`) stays outside: Workers bring
 * it too, with `nodejs_compat`.
 *
 * @returns the module's text
 */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "import"],
    external: ["node:*", "cloudflare:*"],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
