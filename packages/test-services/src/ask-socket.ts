import { connect } from "node:net";

/** A running server answers at once. A paused one accepts the connection and never answers. */
const ANSWER_MS_MAX = 2_000;

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Opens a connection, sends `request`, and returns the first value that `read` makes of the bytes received so far.
 * Rejects when the connection fails, ends early, or is silent for 2 s.
 */
export async function askSocket<Answer>(
  address: Address,
  request: Uint8Array,
  read: (received: Buffer) => Answer | undefined,
): Promise<Answer> {
  const socket = connect(address);
  const timer = setTimeout(() => socket.destroy(new Error("no answer in time")), ANSWER_MS_MAX);
  try {
    socket.write(request);
    let received = Buffer.alloc(0);
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk]);
      const answer = read(received);
      if (answer !== undefined) return answer;
    }
    throw new Error("the connection ended before the answer");
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
