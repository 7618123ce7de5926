import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const home = join(import.meta.dirname, "..");

/** A folder of another app, with this package as a dependency and one file. */
function otherApp(file: string, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-readme-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules/@holdfast"), { recursive: true });
  symlinkSync(home, join(folder, "node_modules/@holdfast/domain"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "cart-page", type: "module" }));
  writeFileSync(join(folder, file), code);
  return folder;
}

const readme = readFileSync(join(home, "README.md"), "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)];

test("the README's example runs in another app and prints what the README says", async () => {
  expect(examples).toHaveLength(readme.match(/```ts/g)?.length ?? 0);
  expect(examples).not.toHaveLength(0);
  for (const [, code = "", printed = ""] of examples) {
    const cwd = otherApp("cart-page.ts", code);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["cart-page.ts"], { cwd });
    expect([stdout, stderr]).toEqual([printed, ""]);
  }
});
