import process from "node:process";
import { type DestinationStream, type Logger, pino } from "pino";
import { errorFields } from "./error-fields.ts";

/**
 * Opens the log of a process, one JSON line an entry. Every logger of Holdfast comes from here, so that all of them log errors the
 * same way (`errorFields`).
 *
 * A line that cannot be written is dropped: a full disk must not end the process that logs to it.
 *
 * @param destination standard output unless a test sets it
 */
export function openLogger(app: string, level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { app, pid: process.pid }, serializers: { err: errorFields } };
  return pino(options, destination ?? standardOutput());
}

/** Log lines buffered while the disk is full. Further ones are dropped, so that memory stays bounded. */
const keptBytesMax = 1_048_576;

function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: process.stdout.fd, sync: true, maxLength: keptBytesMax });
  output.on("error", () => {});
  return output;
}

/**
 * Logs an uncaught error and exits with 1. Node itself would print the error with all its properties, including the failed command and
 * its arguments.
 */
export function logCrash(logger: Pick<Logger, "fatal">): void {
  process.on("uncaughtException", (error) => {
    logger.fatal({ err: error }, "crashed");
    process.exit(1);
  });
}
