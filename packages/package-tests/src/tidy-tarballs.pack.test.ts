import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, inject, test } from "vitest";
import { publishedLibraries, publishedPackages } from "./published-packages.ts";
import { runProgram } from "./run-program.ts";

/** The packages are for `import` alone: what finds them otherwise is not asked. */
const notAsked = ["node10", "node16-cjs"];

/** The tarball of a package: its path, and the names of its files. */
async function tarballOf(name: string): Promise<{ readonly path: string; readonly files: readonly string[] }> {
  const path = inject("tarballs").find((each) => each.name === name)?.path ?? "";
  const { stdout } = await runProgram("tar", ["-tzf", path], dirname(path));
  return { path, files: stdout.trim().split("\n") };
}

const names = publishedPackages().map(({ name }) => name);
const libraries = publishedLibraries().map(({ name }) => name);

test.each(names)("%s ships what it is built to, its README and its licence, and no test", async (name) => {
  const { files } = await tarballOf(name);
  const others = files.filter((file) => !/^package\/dist\/.*\.(js|d\.ts|js\.map)$/.test(file));
  expect(others.sort()).toEqual(["package/LICENSE", "package/README.md", "package/package.json"]);
  expect(files.filter((file) => /\.test\.|\/test-/.test(file))).toEqual([]);
});

/** The packages that a package's code and types import, Node's own apart. */
async function importedBy(name: string): Promise<string[]> {
  const { path, files } = await tarballOf(name);
  const code = files.filter((file) => /\.(js|d\.ts)$/.test(file));
  const { stdout } = await runProgram("tar", ["-xzOf", path, ...code], dirname(path));
  const imports = stdout.matchAll(/(?:\bfrom |\bimport\(|^import )"((?:@[^/"]+\/)?[a-z][^/":]*)[^":]*"/gm);
  return [...new Set([...imports].map(([, name = ""]) => name))];
}

test.each(names)("%s depends on every package that it imports", async (name) => {
  const { path } = await tarballOf(name);
  const { stdout } = await runProgram("tar", ["-xzOf", path, "package/package.json"], dirname(path));
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(stdout) as Record<string, object>;
  const declared = [name, ...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  expect((await importedBy(name)).filter((each) => !declared.includes(each))).toEqual([]);
});

test("@holdfast/api installs no database driver", async () => {
  const { path } = await tarballOf("@holdfast/api");
  const { stdout } = await runProgram("tar", ["-xzOf", path, "package/package.json"], dirname(path));
  const { dependencies } = JSON.parse(stdout) as { readonly dependencies: object };
  expect(Object.keys(dependencies).filter((name) => name.startsWith("@holdfast/infra-"))).toEqual([]);
});

test.each(names)("publint finds nothing to say of %s", async (name) => {
  const { path } = await tarballOf(name);
  const bytes = readFileSync(path);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
});

test.each(libraries)("arethetypeswrong finds nothing wrong with %s for those who import it", async (name) => {
  const { path } = await tarballOf(name);
  const checked = await checkPackage(createPackageFromTarballData(readFileSync(path)));
  const problems = checked.types === false ? [] : checked.problems;
  expect(checked.types).toMatchObject({ kind: "included" });
  expect(problems.filter((each) => !("resolutionKind" in each && notAsked.includes(each.resolutionKind)))).toEqual([]);
});
