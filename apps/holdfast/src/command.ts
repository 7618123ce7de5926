/** How a command ended. 0: well. 1: it failed, or found something. 2: the command line was wrong. */
export type ExitCode = 0 | 1 | 2;

/** What a command's file gives. `words` are those behind the command's name. Servers end the process themselves. */
export interface Command {
  run(words: readonly string[]): Promise<ExitCode>;
}
