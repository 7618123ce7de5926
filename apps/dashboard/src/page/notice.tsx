/** What came of the user's last action. */
export interface Said {
  readonly tone: "good" | "bad";
  readonly text: string;
}

/** Says it, to screen readers too: the element is there before its text is. */
export function Notice({ said }: { readonly said: Said | undefined }) {
  return (
    <p class={said ? `notice ${said.tone}` : "notice"} role="status">
      {said?.text}
    </p>
  );
}
