import { useEffect, useState } from "preact/hooks";

/** Renders the component again every `everyMs` milliseconds, for content that depends on the time. */
export function useTick(everyMs: number): void {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
