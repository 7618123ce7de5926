import { BooksState } from "./books-state.tsx";
import type { LiveState } from "./live-state.ts";
import { Pill, type Tone } from "./pill.tsx";

interface HeaderProps {
  readonly state: LiveState;
  readonly onCheckBooks: () => void;
}

/** Name, health, and whether the books balance. */
export function Header({ state, onCheckBooks }: HeaderProps) {
  const [tone, text] = healthOf(state);
  return (
    <header class="top">
      <h1>
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" />
          <path d="M10 8v16M22 8v16M10 16h12" />
        </svg>
        Holdfast
      </h1>
      <div class="states">
        <span role="status">
          <Pill tone={tone}>{text}</Pill>
        </span>
        <BooksState books={state.books} live={state.connection.kind === "live"} />
      </div>
      <div class="actions">
        <button
          type="button"
          class="quiet"
          disabled={state.books.checking || state.connection.kind !== "live"}
          onClick={onCheckBooks}
        >
          Check books
        </button>
        <a class="quiet" href="/docs">
          API
        </a>
      </div>
    </header>
  );
}

function healthOf({ connection, picture }: LiveState): [Tone, string] {
  switch (connection.kind) {
    case "connecting":
      return ["plain", "Connecting"];
    case "away":
      return ["bad", "Server away"];
    case "locked":
      return ["warn", "Key needed"];
    case "live": {
      const down = Object.entries(picture?.health.checks ?? {}).flatMap(([name, check]) =>
        check === "ok" ? [] : [name],
      );
      if (picture?.health.status === "unavailable") return ["bad", `Cannot sell: ${down.join(", ")} down`];
      if (picture?.health.status === "degraded") return ["warn", `Degraded: ${down.join(", ")} down`];
      return ["good", "Healthy"];
    }
  }
}
