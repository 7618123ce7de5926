import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stopMsMax } from "@holdfast/api";
import { expect, test } from "vitest";

const home = join(import.meta.dirname, "../../..");
const lines = readFileSync(join(home, "deploy/systemd/holdfast.service"), "utf8").split("\n");

function valuesOf(key: string): string[] {
  return lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));
}

const environment = valuesOf("Environment").flatMap((line) => line.split(" ").map((pair) => pair.split("=", 2)));

test("starts a program that is there, with settings that it knows", () => {
  const [[command, program = ""] = []] = valuesOf("ExecStart").map((line) => line.split(" "));
  expect(command).toBe("/usr/bin/node");
  expect(existsSync(join(home, program))).toBe(true);
  const documented = readFileSync(join(home, "README.md"), "utf8");
  const unknown = environment.filter(([name = ""]) => !documented.includes(`\`${name.replace(/_FILE$/, "")}\``));
  expect(unknown).toEqual([["NODE_ENV", "production"]]);
});

test("keeps the database in a folder that outlives the service, and its key in a file of its own", () => {
  const of = Object.fromEntries(environment);
  expect(of.DATABASE_URL).toMatch(new RegExp(`^file:/var/lib/${valuesOf("StateDirectory")[0]}/`));
  expect(valuesOf("LoadCredential")[0]?.split(":")[0]).toBe(of.API_KEYS_FILE?.replace("%d/", ""));
});

test("leaves it the time that it needs to stop", () => {
  expect(Number(valuesOf("TimeoutStopSec")[0]) * 1_000).toBeGreaterThan(stopMsMax(1_000));
});
