import { type Address, askSocket } from "./ask-socket.ts";

/** True when the Redis at this address answers PING; false while it still loads its data. */
export function redisAnswers(address: Address): Promise<boolean> {
  return askSocket(address, Buffer.from("PING\r\n"), (received) => {
    const end = received.indexOf("\r\n");
    return end < 0 ? undefined : received.toString("latin1", 0, end) === "+PONG";
  });
}
