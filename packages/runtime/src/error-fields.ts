import { withoutSecrets } from "./without-secrets.ts";

/** Causes are followed this deep. A longer chain says no more. */
const depthMax = 8;

/** What a log line tells of an error. */
interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ErrorFields;
  readonly errors?: readonly ErrorFields[];
}

/**
 * An error as a log line tells it: its name, message, code and stack, and the same of its causes. Nothing else that hangs on
 * it: drivers attach the command that failed, which holds passwords, and records of shoppers.
 */
export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutSecrets(textOf(error)) };
  const { name, message, stack, cause } = error;
  const code: unknown = Reflect.get(error, "code");
  const errors: unknown = Reflect.get(error, "errors");
  const deeper = depth < depthMax;
  return {
    type: name,
    message: withoutSecrets(message),
    ...((typeof code === "string" || typeof code === "number") && { code }),
    ...(stack !== undefined && { stack: withoutSecrets(stack) }),
    ...(deeper && cause !== undefined && { cause: errorFields(cause, depth + 1) }),
    ...(deeper && Array.isArray(errors) && { errors: errors.slice(0, 5).map((each) => errorFields(each, depth + 1)) }),
  };
}

/** What was thrown and is no error. Of an object only that it is one: it may hold anything. */
function textOf(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null ? "an object that is no error" : String(thrown);
}
