import { useEffect, useRef, useState } from "preact/hooks";
import { type Answer, KeyNeeded, ServerAway } from "./api-client.ts";
import { explainProblem } from "./explain-problem.ts";

/** What a screen knows of what it shows. `value` remains the last one read; `trouble` says why there is none, or no newer one. */
export interface Reading<Value> {
  readonly value?: Value;
  readonly trouble?: string | undefined;
}

const everyMs = 3_000;

/**
 * Reads at once, and again every few seconds while the page's own rounds go on: a hidden tab reads nothing, nor does one without a server.
 *
 * `what` tells one thing to read from another. `readAt` is the time of the latest round.
 */
export function useReading<Value>(
  what: string,
  readAt: number,
  read: () => Promise<Answer<Value>>,
): Reading<Value> | undefined {
  const [shown, setShown] = useState<Reading<Value> & { readonly what: string }>();
  const asked = useRef<{ readonly what: string; readonly at: number; running: boolean }>(null);

  useEffect(() => {
    const last = asked.current;
    if (last?.what === what && (last.running || readAt - last.at < everyMs)) return;
    const mine = { what, at: readAt, running: true };
    asked.current = mine;
    const settle = (reading: Reading<Value>) => {
      mine.running = false;
      // The user may have gone on to something else meanwhile.
      if (asked.current === mine) setShown((before) => ({ ...(before?.what === what && before), ...reading, what }));
    };
    read().then(
      (answer) => settle(answer.ok ? { value: answer.value, trouble: undefined } : { trouble: refusal(answer) }),
      (error: unknown) => {
        if (!(error instanceof ServerAway || error instanceof KeyNeeded)) throw error;
        settle({ trouble: error.message });
      },
    );
  }, [what, readAt, read]);
  return shown?.what === what ? shown : undefined;
}

function refusal({ problem }: Extract<Answer<unknown>, { ok: false }>): string {
  return explainProblem(problem, (sku) => sku);
}
