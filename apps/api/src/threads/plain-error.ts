import { Bug } from "@holdfast/domain";
import { Outage, OutcomeUnknown, Overloaded, Unavailable } from "@holdfast/engine";

/** An error on its way to another thread. */
export interface PlainError {
  readonly kind: string;
  readonly message: string;
  /** Of the thread where it was thrown. */
  readonly stack?: string;
  readonly cause?: PlainError;
}

const classes = { Bug, Outage, Overloaded, Unavailable, OutcomeUnknown } as const;

/** What can be said of an error in JSON. */
export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { kind: "Error", message: String(error) };
  const { name, message, stack, cause } = error;
  return { kind: name, message, ...(stack && { stack }), ...(cause !== undefined && { cause: plainError(cause) }) };
}

/** The error again, of its own class where that decides what is answered. */
export function restoredError({ kind, message, stack, cause }: PlainError): Error {
  const options = cause && { cause: restoredError(cause) };
  const error = new (classes[kind as keyof typeof classes] ?? Error)(message, options);
  if (stack !== undefined) error.stack = stack;
  return error;
}
