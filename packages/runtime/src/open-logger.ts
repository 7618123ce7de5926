import process from "node:process";
import { type DestinationStream, type Logger, pino } from "pino";
import { errorFields } from "./error-fields.ts";

/**
 * The log of a process: a JSON line each. Every logger of Holdfast comes from here, so that one place says what a line tells of an
 * error (`errorFields`).
 *
 * A line that cannot be written is lost, and nothing else: a log on a full disk must not end the process that logs.
 *
 * @param destination the standard output unless a test sets it
 */
export function openLogger(app: string, level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { app, pid: process.pid }, serializers: { err: errorFields } };
  return pino(options, destination ?? standardOutput());
}

/** Lines kept for a disk that is full, until it takes them. More are dropped: memory is no place for them. */
const keptBytesMax = 1_048_576;

function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: process.stdout.fd, sync: true, maxLength: keptBytesMax });
  output.on("error", () => {});
  return output;
}

/**
 * Logs what nothing has caught, and ends the process. Node itself would print the error with all that hangs on it, the command
 * that failed and its arguments included.
 */
export function logCrash(logger: Pick<Logger, "fatal">): void {
  process.on("uncaughtException", (error) => {
    logger.fatal({ err: error }, "crashed");
    process.exit(1);
  });
}
