import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { keyHeader, loadKey } from "../deployments/deployment.ts";

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Whether the server said `Connection: close`. */
  readonly closes: boolean;
}

/** A client that keeps its connections and uses them again, as browsers and load balancers do. */
export class KeptConnections {
  readonly #agent = new Agent({ keepAlive: true });

  /**
   * Posts JSON. `undefined` if the connection was refused, so that nothing was written. Throws if a request was written and not
   * answered.
   */
  async post(url: string, body: object, key: string): Promise<Answer | undefined> {
    const headers = { ...keyHeader(loadKey), "content-type": "application/json", "idempotency-key": key };
    const sent = request(url, { method: "POST", agent: this.#agent, headers });
    sent.end(JSON.stringify(body));
    try {
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      const { statusCode = 0, headers } = response;
      return { status: statusCode, body: await text(response), closes: headers.connection === "close" };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ECONNREFUSED") return undefined;
      throw new Error(`${key} was written and not answered`, { cause: error });
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}
