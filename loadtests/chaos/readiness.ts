import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/** Something that must never happen, whatever the audit says: an answer of 500, or a process that has ended. */
export class BrokenPromise extends Error {}

const askAgainMs = 50;
const answerMsMax = 3_000;

/** Keeps its connection, as load balancers do. A process that cannot accept a new one still answers on it. */
const kept = new Agent({ keepAlive: true, maxSockets: 1 });

/** Waits until `/readyz` is 503 and says `reason`. Throws a `BrokenPromise` if that takes longer than `msMax`. */
export async function untilNotReady(url: string, reason: RegExp, msMax: number): Promise<void> {
  await until(url, kept, msMax, `503 ${reason}`, ({ status, says }) => status === 503 && reason.test(says));
}

/** Waits until `/readyz` is 200, on the kept connection and on a new one. Throws a `BrokenPromise` if that takes longer than `msMax`. */
export async function untilReady(url: string, msMax: number): Promise<void> {
  for (const agent of [kept, false] as const) await until(url, agent, msMax, "200", ({ status }) => status === 200);
}

interface Readiness {
  readonly status: number;
  readonly says: string;
}

type IsSo = (readiness: Readiness) => boolean;

async function until(url: string, agent: Agent | false, msMax: number, wanted: string, isSo: IsSo) {
  const deadline = performance.now() + msMax;
  for (;;) {
    const readiness = await ask(url, agent).catch((error: Error) => ({ status: 0, says: error.message }));
    if (isSo(readiness)) return;
    if (performance.now() > deadline) {
      const { status, says } = readiness;
      throw new BrokenPromise(`/readyz was not ${wanted} within ${msMax / 1_000} s, but ${status} ${says}`);
    }
    await wait(askAgainMs);
  }
}

async function ask(url: string, agent: Agent | false): Promise<Readiness> {
  const { promise, resolve, reject } = Promise.withResolvers<Readiness>();
  const signal = AbortSignal.timeout(answerMsMax);
  const asked = request(`${url}/readyz`, { agent, signal }, async (response) => {
    let says = "";
    for await (const part of response.setEncoding("utf8")) says += part;
    resolve({ status: response.statusCode ?? 0, says });
  });
  asked.on("error", reject);
  asked.end();
  return await promise;
}
