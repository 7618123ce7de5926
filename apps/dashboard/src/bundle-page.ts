import { fileURLToPath } from "node:url";
import type { OutputFile } from "esbuild";

/** One file of the page, ready to send. */
export interface PageAsset {
  readonly type: string;
  readonly body: string;
}

/** The page's files by name. Each name contains a hash of the content, so browsers may cache a file for ever. */
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
 * Bundles the page from its sources, in memory: there is no build step and no build output. The first call takes some 100 ms; the
 * process then keeps the bundle.
 *
 * Throws if the sources do not bundle. The next call tries again.
 */
export function bundlePage(): Promise<PageBundle> {
  bundling ??= bundle().catch((cause: unknown) => {
    bundling = undefined;
    throw new Error("the dashboard does not bundle", { cause });
  });
  return bundling;
}

async function bundle(): Promise<PageBundle> {
  // Imported here and not above, so that a process that never serves the page does not load esbuild.
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
  }).finally(stop); // esbuild runs as a process of its own
  const assets = new Map(outputFiles.map(assetOf));
  const named = (name: string) => [...assets.keys()].find((file) => file.startsWith(`${name}-`)) ?? "";
  return { assets, script: named("main"), style: named("styles"), icon: named("icon") };
}

function assetOf({ path, text }: OutputFile): [string, PageAsset] {
  const type = types[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return [path.slice(path.lastIndexOf("/") + 1), { type, body: text }];
}
