import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { assetNames, type DocsFiles } from "./docs-page.ts";

/** Reads what the page at `/docs` needs from the installed package. Before listening: later there may be no file descriptor left. */
export async function readDocsFiles(): Promise<DocsFiles> {
  const files = assetNames.map(async (name) => {
    return [name, await readFile(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)))] as const;
  });
  return new Map(await Promise.all(files));
}
