import { useEffect, useState } from "preact/hooks";

/** Draws the component anew every so many milliseconds: for what depends on the time alone. */
export function useTick(everyMs: number): void {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
