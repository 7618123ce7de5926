import { useEffect, useState } from "preact/hooks";
import type { LiveData } from "./live-data.ts";
import type { LiveState } from "./live-state.ts";

/** The current state of the live data. Renders the component again when it changes. */
export function useLiveState(live: LiveData): LiveState {
  const [state, setState] = useState(live.state);
  useEffect(() => {
    const read = () => setState(live.state);
    read(); // it may have changed between rendering and subscribing
    return live.subscribe(read);
  }, [live]);
  return state;
}
