import { connect } from "node:net";
import process from "node:process";

// Opens many streams of the feed, and reads and discards what comes. Raw sockets share one buffer, since the readers use the machine that
// is measured. Arguments: URL, number of streams, the cursor to begin at, and a key if one is needed. When it is stopped it prints how many
// bytes it has received.

const [url = "", count = "0", cursor = "", key] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const authorization = key === undefined ? "" : `Authorization: Bearer ${key}\r\n`;
const request = `GET /v1/events/stream?cursor=${cursor} HTTP/1.1\r\nHost: ${hostname}\r\n${authorization}\r\n`;
const answered = "HTTP/1.1 200 ";

const buffer = Buffer.alloc(1 << 20);
let bytes = 0;
let asked = 0;
let open = 0;

/** Fewer than a server keeps waiting for it to accept them (511): it refuses more. */
const atOnce = 100;

while (asked < Math.min(atOnce, Number(count))) openOne();

function openOne(): void {
  asked += 1;
  let isOpen = false;
  const read = (size: number) => {
    bytes += size;
    if (!isOpen) opened(buffer.toString("latin1", 0, Math.min(size, answered.length)));
    isOpen = true;
    return true;
  };
  const socket = connect({ host: hostname, port: Number(port), onread: { buffer, callback: read } });
  socket.on("connect", () => socket.write(request));
  socket.on("close", () => fail("a stream has ended"));
  socket.on("error", (error) => fail(error.message));
}

function opened(begin: string): void {
  if (begin !== answered) fail(`a stream was answered ${begin}`);
  open += 1;
  if (asked < Number(count)) openOne();
  if (open === Number(count)) console.log("all streams are open");
}

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}

process.on("SIGTERM", () => {
  console.log(`bytes ${bytes}`);
  process.exit(0);
});
