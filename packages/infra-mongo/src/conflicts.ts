import { MongoClientBulkWriteError, MongoError, MongoNetworkError, MongoServerSelectionError } from "mongodb";

/** The batch was decided on an outdated state. */
export class Conflict extends Error {
  override readonly name = "Conflict";
}

const codes = { maxTimeExpired: 50, writeConflict: 112, noSuchTransaction: 251, duplicateKey: 11000 } as const;
const againCodes: ReadonlySet<unknown> = new Set([codes.maxTimeExpired, codes.writeConflict, codes.noSuchTransaction]);

/** Errors with which the server refuses everything until a person repairs it, with what is wrong, for callers. */
const refusals: ReadonlyMap<unknown, string> = new Map([
  [13, "the database refuses this process: its user may not do this"], // Unauthorized
  [18, "the database refuses this process: its credentials are wrong"], // AuthenticationFailed
  [14031, "the database cannot be written: its disk is full"], // OutOfDiskSpace
]);

/** Errors of the driver about its own connections that are no `MongoNetworkError` and not exported as a class. */
const connectionErrorNames = new Set([
  "MongoWaitQueueTimeoutError",
  "MongoTopologyClosedError",
  "MongoServerClosedError",
  "MongoNotConnectedError",
  "MongoClientClosedError",
]);

/** Whether the same transaction may succeed when it is run again. False: something in it cannot be written at all. */
export function isRetryable(error: unknown): boolean {
  return (
    error instanceof Conflict ||
    isOutage(error) ||
    hasLabel(error, "TransientTransactionError") ||
    causes(error).some((cause) => cause instanceof MongoError && againCodes.has(cause.code)) ||
    writeErrors(error).some(({ code }) => againCodes.has(code))
  );
}

/** Whether the transaction lost to another one. */
export function isConflict(error: unknown): boolean {
  const lost = (code: unknown) => code === codes.writeConflict;
  return (
    error instanceof Conflict ||
    causes(error).some((cause) => cause instanceof MongoError && lost(cause.code)) ||
    writeErrors(error).some(({ code }) => lost(code))
  );
}

/** Whether the database was away or overloaded, rather than refusing this write. */
export function isOutage(error: unknown): boolean {
  return (
    causes(error).some(
      (cause) =>
        cause instanceof MongoNetworkError ||
        cause instanceof MongoServerSelectionError ||
        connectionErrorNames.has(cause.name) ||
        (cause instanceof MongoError && cause.code === codes.maxTimeExpired),
    ) ||
    hasLabel(error, "RetryableWriteError") ||
    hasLabel(error, "RetryableError")
  );
}

/** Why the server refuses every transaction; `undefined` if it does not. */
export function refusalOf(error: unknown): string | undefined {
  const codes = [...causes(error), ...writeErrors(error)].map((each) => ("code" in each ? each.code : undefined));
  return codes.map((code) => refusals.get(code)).find((reason) => reason !== undefined);
}

/** What is wrong with the database, for callers; `undefined` where the error is about something else. */
export function troubleOf(error: unknown): string | undefined {
  return refusalOf(error) ?? (isOutage(error) ? "the database cannot be reached" : undefined);
}

/** The duplicate key, in the server's words; `undefined` if the error is about something else. */
export function duplicateKey(error: unknown): string | undefined {
  const found = [...causes(error), ...writeErrors(error)].find(
    (candidate) => "code" in candidate && candidate.code === codes.duplicateKey,
  );
  return found?.message;
}

/** `client.bulkWrite` wraps what the server said: the labels are then on the cause. */
export function hasLabel(error: unknown, label: string): boolean {
  return causes(error).some((cause) => cause instanceof MongoError && cause.hasErrorLabel(label));
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let cause = error; cause instanceof Error && !chain.includes(cause); cause = cause.cause) chain.push(cause);
  return chain;
}

function writeErrors(error: unknown): { readonly code: number; readonly message: string }[] {
  return error instanceof MongoClientBulkWriteError ? [...error.writeErrors.values()] : [];
}
