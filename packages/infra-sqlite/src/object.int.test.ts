import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, describe, expect, test } from "vitest";

/** A module of this folder as Workers run it, with Vitest's words as an object has them. */
async function bundled(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, name)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "import"],
    external: ["node:*"],
    alias: { vitest: join(import.meta.dirname, "test-object-vitest.ts") },
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

const runtime = new Miniflare({
  modules: [{ type: "ESModule", path: "contract.mjs", contents: await bundled("test-object-contract.ts") }],
  compatibilityDate: "2026-05-03",
  compatibilityFlags: ["nodejs_compat"],
  durableObjects: { OBJECTS: { className: "TestObject", useSQLite: true } },
});
afterAll(() => runtime.dispose());

const names = (await (await runtime.dispatchFetch("http://contract/")).json()) as string[];

describe("a Durable Object", () => {
  test.each(names)("%s", async (name) => {
    const answer = await runtime.dispatchFetch("http://contract/", { method: "POST", body: name });
    expect(await answer.text()).toBe("ok");
  });
});
