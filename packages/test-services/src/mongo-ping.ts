import { type Address, askSocket } from "./ask-socket.ts";

// One hand-made OP_MSG instead of the driver: this package needs a single question, and starts the servers that test the driver.
// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
const OP_MSG = 2013;
const HEADER_BYTES = 16;

/** Whether the MongoDB at this address says that it is a primary, so that it accepts writes and transactions. */
export function mongoIsPrimary(address: Address): Promise<boolean> {
  return askSocket(address, helloMessage(), (received) => {
    if (received.length < HEADER_BYTES || received.length < received.readInt32LE(0)) return undefined;
    // A BSON boolean: type 8, the name, a zero byte, the value.
    return received.includes("\x08isWritablePrimary\0\x01", 0, "latin1");
  });
}

function helloMessage(): Buffer {
  const fields = Buffer.concat([
    Buffer.from("\x10hello\0", "latin1"),
    int32(1),
    Buffer.from("\x02$db\0", "latin1"),
    int32("admin\0".length),
    Buffer.from("admin\0", "latin1"),
  ]);
  const document = Buffer.concat([int32(4 + fields.length + 1), fields, Buffer.of(0)]);
  const flagsAndKind = Buffer.from([0, 0, 0, 0, 0]);
  const bytes = HEADER_BYTES + flagsAndKind.length + document.length;
  return Buffer.concat([int32(bytes), int32(1), int32(0), int32(OP_MSG), flagsAndKind, document]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
