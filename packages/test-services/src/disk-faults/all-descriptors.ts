import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Uses up all file descriptors that a server has left, by opening idle connections. The returned function closes them. Start the server
 * with `openFilesMax`, or this takes long.
 */
export async function takeAllDescriptors(url: string): Promise<() => void> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  let refused = 0;
  while (refused < 10) {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      refused += 1;
    });
    await wait(2);
  }
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}
