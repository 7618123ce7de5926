/** The result of the user's last action. */
export interface Said {
  readonly tone: "good" | "bad";
  readonly text: string;
}

/** Shows it. Screen readers announce it because the element exists before its text does. */
export function Notice({ said }: { readonly said: Said | undefined }) {
  return (
    <p class={said ? `notice ${said.tone}` : "notice"} role="status">
      {said?.text}
    </p>
  );
}
