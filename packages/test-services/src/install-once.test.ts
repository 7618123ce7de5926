import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installOnce } from "./install-once.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "install-once-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function write(text: string): (folder: string) => Promise<void> {
  return (folder) => writeFile(join(folder, "proof"), text);
}

test("installs the first time only", async () => {
  let installs = 0;
  const install = async (folder: string) => {
    installs += 1;
    await write("done")(folder);
  };
  const first = await installOnce("tool", "proof", install, root);
  const second = await installOnce("tool", "proof", install, root);
  expect([first, second, installs]).toEqual([join(root, "tool"), join(root, "tool"), 1]);
});

test("two at once end with one whole installation", async () => {
  const barrier = Promise.withResolvers<void>();
  let arrived = 0;
  const install = async (folder: string) => {
    arrived += 1;
    if (arrived === 2) barrier.resolve();
    await barrier.promise;
    await write("done")(folder);
  };
  const folders = await Promise.all([
    installOnce("tool", "proof", install, root),
    installOnce("tool", "proof", install, root),
  ]);
  expect(folders).toEqual([join(root, "tool"), join(root, "tool")]);
  expect(existsSync(join(root, "tool/proof"))).toBe(true);
  // The link and the winner's folder.
  expect(await readdir(root)).toHaveLength(2);
});

test("a failed installation leaves nothing, and the next one is tried afresh", async () => {
  const failing = async (folder: string) => {
    await writeFile(join(folder, "half"), "");
    throw new Error("no network");
  };
  await expect(installOnce("tool", "proof", failing, root)).rejects.toThrow("no network");
  expect(await readdir(root)).toEqual([]);
  await installOnce("tool", "proof", write("done"), root);
  expect(existsSync(join(root, "tool/proof"))).toBe(true);
});

test("installs anew when what it installed has lost its proof", async () => {
  await installOnce("tool", "proof", write("old"), root);
  await rm(join(root, "tool/proof"));
  await installOnce("tool", "proof", write("new"), root);
  expect(existsSync(join(root, "tool/proof"))).toBe(true);
  expect(await readdir(root)).toHaveLength(2);
});
