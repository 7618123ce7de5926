import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
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
