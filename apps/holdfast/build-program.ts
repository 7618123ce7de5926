import { globSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { bundlePage } from "@holdfast/dashboard";
import { build, type Plugin } from "esbuild";

// Makes dist/: the command line with all apps and packages of this repository in it. What it needs of npm is installed beside it.

const home = join(import.meta.dirname, "../..");

/** Only this repository's own code is bundled. */
const leaveNpmOutside: Plugin = {
  name: "leave-npm-outside",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || path.startsWith("@holdfast/") ? undefined : { path, external: true },
    );
  },
};

/** The dashboard as it is now: an installed program has neither its sources nor a bundler. */
const { assets, ...names } = await bundlePage();

const bringThePage: Plugin = {
  name: "bring-the-page",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]dashboard[\\/]src[\\/]bundle-page\.ts$/ }, () => ({
      contents: `const { assets, names } = ${JSON.stringify({ assets: [...assets], names })};
        export async function bundlePage() { return { ...names, assets: new Map(assets) }; }`,
    }));
  },
};

/** Modules that run on threads of their own: each is a file beside the others. */
const threads = globSync("{apps,packages}/*/src/**/*-thread.ts", { cwd: home, exclude: ["**/test-*"] });

rmSync(join(import.meta.dirname, "dist"), { recursive: true, force: true });
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: {
    main: "src/main.ts",
    ...Object.fromEntries(threads.map((path) => [basename(path, ".ts"), join(home, path)])),
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: "linked",
  logLevel: "warning",
  plugins: [leaveNpmOutside, bringThePage],
});
