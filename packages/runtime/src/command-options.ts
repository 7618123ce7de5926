/** A wrong command line. The message is one line that says what to write instead. */
export class UsageError extends Error {}

/**
 * Reads a program's command line. `--help` prints its usage and ends it; a wrong word ends it with exit code 2 and one line that says
 * which.
 *
 * `read` throws a `UsageError`, or what `parseArgs` throws.
 */
export function readCommandLine<Options>(
  { words, usage }: { readonly words: readonly string[]; readonly usage: string },
  read: (words: readonly string[]) => Options,
): Options {
  if (words.includes("--help") || words.includes("-h")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return read(words);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    // What follows the first sentence is advice for other programs.
    console.error(`${error.message.split(". To specify")[0]}. --help says what there is.`);
    process.exit(2);
  }
}

function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}
