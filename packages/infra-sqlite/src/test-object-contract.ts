import { describeStore } from "@holdfast/store-contract";
import type { EditableDatabase } from "@holdfast/testing";
import { type ObjectStorage, openObject } from "./object.ts";
import { objectDatabase } from "./object-database.ts";
import { editsOn } from "./test-edits.ts";
import { tests } from "./test-object-vitest.ts";

// A Worker that runs the store contract inside Durable Objects, a test in each.

let storage: (ObjectStorage & Emptied) | undefined;

/** Storage that a test may empty. */
interface Emptied {
  deleteAll(): Promise<void>;
}

async function open(): Promise<EditableDatabase> {
  if (storage === undefined) throw new Error("only a test opens a database");
  const own = storage;
  // A test that opens another database is done with the one before.
  await own.deleteAll();
  return { ...openObject(own), ...editsOn((change) => change(objectDatabase(own))) };
}

// Thousands who race belong to the store on files: an object decides their batches in the same way.
const racingOrders = 500;
describeStore("object", open, racingOrders);

interface Context {
  readonly storage: ObjectStorage & Emptied;
}

/** An object of a test's own. */
export class TestObject {
  readonly #storage: Context["storage"];

  constructor(context: Context) {
    this.#storage = context.storage;
  }

  async fetch(request: Request): Promise<Response> {
    storage = this.#storage;
    try {
      await tests.get(await request.text())?.();
      return new Response("ok");
    } catch (error) {
      return new Response(error instanceof Error ? error.stack : String(error));
    }
  }
}

interface Objects {
  getByName(name: string): { fetch(request: Request): Promise<Response> };
}

export default {
  async fetch(request: Request, { OBJECTS }: { readonly OBJECTS: Objects }): Promise<Response> {
    if (request.method === "GET") return Response.json([...tests.keys()]);
    return await OBJECTS.getByName(await request.clone().text()).fetch(request);
  },
};
