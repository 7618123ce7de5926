import { type Address, askSocket } from "./ask-socket.ts";

/** Whether the Redis at this address answers PING. False while it loads its data. */
export function redisAnswers(address: Address): Promise<boolean> {
  return askSocket(address, Buffer.from("PING\r\n"), (received) => {
    const end = received.indexOf("\r\n");
    return end < 0 ? undefined : received.toString("latin1", 0, end) === "+PONG";
  });
}
