import { withoutSecrets } from "./without-secrets.ts";

/** How deep to follow causes. Nothing useful comes after that. */
const depthMax = 8;

/** What a log line says about an error. */
interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ErrorFields;
  readonly errors?: readonly ErrorFields[];
}

/**
 * What to log of an error: its name, message, code and stack, and the same of its causes. Other properties are left out, because
 * drivers attach the failed command to their errors, with passwords and shoppers' records in it.
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

/** The text of a thrown value that is not an error. Objects are not printed: they may hold secrets. */
function textOf(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null ? "an object that is no error" : String(thrown);
}
