import { useEffect, useState } from "preact/hooks";
import type { LiveData } from "./live-data.ts";
import type { LiveState } from "./live-state.ts";

/** The state of the live data; the component is drawn anew when it changes. */
export function useLiveState(live: LiveData): LiveState {
  const [state, setState] = useState(live.state);
  useEffect(() => {
    const read = () => setState(live.state);
    read(); // it may have changed since it was drawn, and change no more
    return live.subscribe(read);
  }, [live]);
  return state;
}
