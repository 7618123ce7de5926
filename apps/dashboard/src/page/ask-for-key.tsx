import type { TargetedSubmitEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { apiKey } from "./api-key.ts";

interface AskForKeyProps {
  /** Why the last key was refused. */
  readonly refused: string | undefined;
  readonly onKey: () => void;
}

/** Asks the user for an API key. */
export function AskForKey({ refused, onKey }: AskForKeyProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    apiKey.keep(input.current?.value.trim() ?? "");
    onKey();
  };
  return (
    <form class="panel key" onSubmit={submit}>
      <h2>This server wants an API key</h2>
      <p class="soft">
        With the scopes catalogue:read and orders:read; orders:write to place, confirm and cancel. It stays in this tab,
        until you close it.
      </p>
      <label>
        API key
        <input
          ref={input}
          type="password"
          name="key"
          required
          autocomplete="off"
          aria-invalid={refused !== undefined}
        />
      </label>
      <p class="notice bad" role="alert">
        {refused}
      </p>
      <button type="submit" class="primary">
        Open
      </button>
    </form>
  );
}
