import { formatTime } from "./format.ts";

/** An instant in the user's time zone. */
export function Time({ at }: { readonly at: string }) {
  return <time dateTime={at}>{formatTime(at)}</time>;
}
