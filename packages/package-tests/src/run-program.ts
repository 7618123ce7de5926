import { execFile } from "node:child_process";

/** What a program has printed, when it has ended well. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** What pnpm sets for its own scripts, and npm would take for its settings. */
const ofPnpm = /^(npm|pnpm)_/i;

/** Runs a program to its end, as a user's shell would. Rejects with all that it printed where it fails. */
export function runProgram(
  program: string,
  words: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Printed> {
  const inherited = Object.entries(process.env).filter(([name]) => !ofPnpm.test(name));
  const env = { ...Object.fromEntries(inherited), ...variables };
  return new Promise((resolve, reject) => {
    execFile(program, words, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(new Error(`${program} ${words.join(" ")}\n${stdout}${stderr}`, { cause: error }));
    });
  });
}
