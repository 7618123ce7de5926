import { type HoldfastClient, holdfastClient, type Problem, Unreachable } from "@holdfast/client";
import { readEnvironment } from "@holdfast/runtime";
import { z } from "zod";

/** How long a deployment may take for the first answer. After that a call may take longer: a server may be restarting. */
const firstAnswerMsMax = 5_000;

/** What the help of a command that calls a deployment says of its key. */
export const keyInWords = `The API key is HOLDFAST_API_KEY, from the environment or .env, or in the file HOLDFAST_API_KEY_FILE. A shop on your own machine needs
none until its first key is made.`;

/** The API key that a deployment wants, if any. From the environment: other users of a machine can read command lines. */
export function readApiKey(): string | undefined {
  return readEnvironment(z.object({ HOLDFAST_API_KEY: z.string().optional() })).HOLDFAST_API_KEY;
}

/** A client of the deployment. Rejects with one line where it does not answer, or not to this key. */
export async function reach(
  url: string,
  {
    apiKey = readApiKey(),
    fetch,
  }: { apiKey?: string | undefined; fetch?: (request: Request) => Promise<Response> } = {},
): Promise<HoldfastClient> {
  const client = holdfastClient({ url, ...(apiKey !== undefined && { apiKey }), ...(fetch && { fetch }) });
  const answer = await client.products.list({ limit: 1 }, { timeoutMs: firstAnswerMsMax }).catch((error: unknown) => {
    if (!(error instanceof Unreachable)) throw error;
    throw new Error(`${url} does not answer as Holdfast does (${reasonOf(error)})`, { cause: error });
  });
  if (!answer.ok) throw new Error(`${url} refuses: ${inWords(answer)}`);
  return client;
}

/** A refusal in one line. */
export function inWords({ code, detail, title }: Problem): string {
  const key = code === "unauthorized" || code === "forbidden" ? ". The key is HOLDFAST_API_KEY" : "";
  return `${code}: ${detail ?? title}${key}`;
}

function reasonOf({ message, cause }: Unreachable): string {
  const found = cause instanceof Error ? cause : undefined;
  const inner = found?.cause instanceof Error ? found.cause : undefined;
  return inner?.message || (inner as NodeJS.ErrnoException | undefined)?.code || found?.message || message;
}
