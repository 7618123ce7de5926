import { fileURLToPath } from "node:url";
import type { OutputFile } from "esbuild";

/** One file of the page, as it is sent. */
export interface PageAsset {
  readonly type: string;
  readonly body: string;
}

/** The page's files by name. A name holds a hash of its content, so a name never means two things. */
export interface PageBundle {
  readonly assets: ReadonlyMap<string, PageAsset>;
  readonly script: string;
  readonly style: string;
  readonly icon: string;
}

const types: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

function sourceOf(name: string): string {
  return fileURLToPath(new URL(`page/${name}`, import.meta.url));
}

let bundling: Promise<PageBundle> | undefined;

/**
 * The page, bundled in memory out of its sources: nothing built lies about, just as the server runs its TypeScript as
 * it is. The first call takes some 100 ms; the bundle is then kept for as long as the process lives.
 *
 * Throws where the sources do not bundle; the next call tries again.
 */
export function bundlePage(): Promise<PageBundle> {
  bundling ??= bundle().catch((cause: unknown) => {
    bundling = undefined;
    throw new Error("the dashboard does not bundle", { cause });
  });
  return bundling;
}

async function bundle(): Promise<PageBundle> {
  // Loaded here, not above: a server whose page nobody opens pays nothing for it.
  const { build, stop } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [sourceOf("main.tsx"), sourceOf("styles.css"), sourceOf("icon.svg")],
    entryNames: "[name]-[hash]",
    outdir: "/",
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".svg": "copy" },
    logLevel: "silent",
  }).finally(stop); // its process has done its one task
  const assets = new Map(outputFiles.map(assetOf));
  const named = (name: string) => [...assets.keys()].find((file) => file.startsWith(`${name}-`)) ?? "";
  return { assets, script: named("main"), style: named("styles"), icon: named("icon") };
}

function assetOf({ path, text }: OutputFile): [string, PageAsset] {
  const type = types[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return [path.slice(path.lastIndexOf("/") + 1), { type, body: text }];
}
