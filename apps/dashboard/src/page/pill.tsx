import type { ComponentChildren } from "preact";

/** How good a state is, shown as a colour. The text says it as well. */
export type Tone = "good" | "warn" | "bad" | "plain";

/** A short text with a dot in the colour of its tone. */
export function Pill({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return <span class={`pill ${tone}`}>{children}</span>;
}
