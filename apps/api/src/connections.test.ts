import { EventEmitter, once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test, vi } from "vitest";
import { Connections } from "./connections.ts";

test("knows what is being answered, also of requests that were sent ahead, and nothing that is over", async () => {
  const connections = new Connections();
  const responses: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    connections.asked(response);
    responses.push(response);
  });
  server.on("connection", (socket) => connections.opened(socket));
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.write("GET /first HTTP/1.1\r\nhost: x\r\n\r\nGET /second HTTP/1.1\r\nhost: x\r\n\r\n");
  await vi.waitUntil(() => responses.length === 2);
  const [first, second] = responses;
  const socket = first?.req.socket ?? expect.unreachable();
  expect(connections.answersOn(socket)).toEqual([first, second]);
  expect(connections.answers()).toEqual([first, second]);

  first?.end();
  await vi.waitUntil(() => connections.answers().length === 1);
  expect(connections.answersOn(socket)).toEqual([second]);
  client.destroy();
  await once(socket, "close");
  expect(connections.answers()).toEqual([]);
});

test("an answer that is over is garbage of young objects, and need not wait for a collection of old ones", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (options: object) => void;
  const connections = new Connections();
  const sockets = Array.from({ length: 50 }, () => new EventEmitter());
  for (const socket of sockets) connections.opened(socket as Duplex);
  const underWay: EventEmitter[] = [];
  const answer = (n: number) => {
    const response = Object.assign(new EventEmitter(), { req: { socket: sockets[n % 50] }, size: Array(500).fill(n) });
    connections.asked(response as unknown as ServerResponse);
    underWay.push(response);
    if (underWay.length > 25) underWay.shift()?.emit("close");
  };
  collect({ type: "major" });
  const before = getHeapStatistics().used_heap_size;
  for (let n = 0; n < 5_000; n += 1) {
    answer(n);
    if (n % 200 === 0) collect({ type: "minor" });
    // A pause, in which what is there becomes old.
    if (n === 1_000) for (let times = 0; times < 2; times += 1) collect({ type: "minor" });
  }
  collect({ type: "minor" });
  // Together they had 20 MB.
  expect(getHeapStatistics().used_heap_size - before).toBeLessThan(3_000_000);
});
