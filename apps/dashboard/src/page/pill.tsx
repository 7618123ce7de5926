import type { ComponentChildren } from "preact";

/** What a state means to the reader. It is always said in words too. */
export type Tone = "good" | "warn" | "bad" | "plain";

/** A short state, with a dot in its colour. */
export function Pill({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return <span class={`pill ${tone}`}>{children}</span>;
}
