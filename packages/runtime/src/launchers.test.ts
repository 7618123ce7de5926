import { expect, test } from "vitest";
import { launchersOf, type ProcessFacts } from "./launchers.ts";

/** A process (10) and its ancestors, the nearest first, up to the first process of the system. */
function family(...commands: readonly string[]): (pid: number) => ProcessFacts | undefined {
  const facts = ["node apps/standalone/src/main.ts", ...commands].map((command, n, all) => ({
    command,
    parent: n === all.length - 1 ? 1 : 11 + n,
  }));
  return (pid) => facts[pid - 10];
}

const script = "sh -c trap 'x' INT; node apps/standalone/src/main.ts";

test.each([
  ["npx", [script, "pnpm start", "sh -c 'pnpm' start", "npm exec pnpm@12 start", "-bash"], [11, 12, 13, 14]],
  ["pnpm", [script, "/usr/local/bin/pnpm start", "-bash"], [11, 12]],
  ["pnpm as a script", ["sh -c node main.ts", "node /usr/lib/node_modules/pnpm/bin/pnpm.cjs start", "zsh"], [11, 12]],
  ["npm as a script", ["sh -c node main.ts", "node /usr/bin/npm run start", "fish"], [11, 12]],
  [
    "a shell that has left a package manager in the background",
    [script, "pnpm start", "bash -c pnpm start &"],
    [11, 12],
  ],
  ["a person", ["-bash", "sshd: shop"], []],
  ["a shell's one line", ["sh -c node apps/standalone/src/main.ts"], []],
  ["a test that a package manager has started", ["node vitest/worker.js", "node vitest", "pnpm test"], []],
  ["systemd", [], []],
])("what %s started knows its launchers", (_who, commands, launchers) => {
  expect(launchersOf(10, family(...commands))).toEqual(launchers);
});
