import type { Actor, Instant } from "@holdfast/domain";
import { type ApiKeyId, createApiKey, Unavailable } from "@holdfast/engine";
import { openMemory } from "@holdfast/memory-store";
import { expect, onTestFinished, test, vi } from "vitest";
import { KeyRing } from "./key-ring.ts";

const unknown = `hf_${"x".repeat(43)}`;

/** A database, and processes with a ring each, on one clock. */
class TestRings {
  database = openMemory();
  now = 0;
  /** How often the database was asked. */
  reads = 0;
  away = false;
  #ids = 0;

  ring({ environment = {}, mayBeOpen = false }: { environment?: Record<string, string>; mayBeOpen?: boolean } = {}) {
    return new KeyRing({
      environment: new Map(Object.entries(environment).map(([name, key]) => [key, name as Actor])),
      apiKeys: {
        ...this.database.apiKeys,
        live: async () => {
          this.reads += 1;
          if (this.away) throw new Unavailable("the database is away");
          return this.database.apiKeys.live();
        },
      },
      mayBeOpen,
      clock: { now: () => this.now },
    });
  }

  async make(name = "shop") {
    this.#ids += 1;
    const created = await createApiKey(this.database.apiKeys, {
      id: `key_${this.#ids}` as ApiKeyId,
      name: name as Actor,
      scopes: ["orders:read"],
      rotates: true,
      createdBy: "tester" as Actor,
      now: 1 as Instant,
    });
    if (created.kind !== "made") throw new Error("no key was made");
    return { key: created.key, id: created.record.id };
  }

  async revoke(id: ApiKeyId) {
    await this.database.apiKeys.revoke(id, 2 as Instant);
  }
}

/** The name of the caller with a key, or a stand-in where the key is refused. */
async function whoIs(ring: KeyRing, key?: string): Promise<string> {
  return (await ring.callerOf(key))?.actor ?? "nobody";
}

test("knows keys of the environment and of the database, and no others", async () => {
  const rings = new TestRings();
  const { key } = await rings.make("till");
  const ring = rings.ring({ environment: { shop: "0123456789abcdef" } });
  expect(await whoIs(ring, "0123456789abcdef")).toBe("shop");
  expect(await whoIs(ring, key)).toBe("till");
  expect(await whoIs(ring, unknown)).toBe("nobody");
  expect(await whoIs(ring, "shop")).toBe("nobody");
  expect(await whoIs(ring)).toBe("nobody");
});

test("answers three thousand requests a second with one read in some seconds, and without a promise", async () => {
  const rings = new TestRings();
  const { key } = await rings.make();
  const ring = rings.ring();
  await ring.callerOf(key);
  for (let n = 0; n < 30_000; n += 1) {
    rings.now += 1 / 3;
    expect(ring.callerOf(key)).toMatchObject({ actor: "shop" });
    if (n % 100 === 0) await Promise.resolve().then(() => {});
  }
  expect(rings.reads).toBeLessThanOrEqual(1 + 10 / 2.5);
});

test("asks the database once a second at most, whatever keys callers make up", async () => {
  const rings = new TestRings();
  const ring = rings.ring();
  for (let n = 0; n < 3_000; n += 1) {
    rings.now = n;
    expect(await whoIs(ring, `hf_${String(n).padStart(43, "0")}`)).toBe("nobody");
  }
  expect(rings.reads).toBeLessThanOrEqual(3);
});

test("never asks the database about what cannot be a key", async () => {
  const rings = new TestRings();
  const ring = rings.ring();
  expect([ring.callerOf("secret"), ring.callerOf(`${unknown}0`), ring.callerOf(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(rings.reads).toBe(0);
});

test("lets a thousand callers wait for one read", async () => {
  const rings = new TestRings();
  const { key } = await rings.make();
  const ring = rings.ring();
  const callers = await Promise.all(Array.from({ length: 1_000 }, () => whoIs(ring, key)));
  expect([new Set(callers), rings.reads]).toEqual([new Set(["shop"]), 1]);
});

test("a new key opens at once where it was made, and soon elsewhere", async () => {
  const rings = new TestRings();
  const [here, elsewhere] = [rings.ring(), rings.ring()];
  await Promise.all([whoIs(here, unknown), whoIs(elsewhere, unknown)]);
  const { key } = await rings.make();
  here.changed();
  expect(await whoIs(here, key)).toBe("shop");
  expect(await whoIs(elsewhere, key)).toBe("nobody");
  rings.now += 1_001;
  expect(await whoIs(elsewhere, key)).toBe("shop");
});

test("a revoked key is out at once where it was revoked, and within five seconds elsewhere", async () => {
  const rings = new TestRings();
  const { key, id } = await rings.make();
  const [here, elsewhere, busy] = [rings.ring(), rings.ring(), rings.ring()];
  const all = [here, elsewhere, busy];
  expect(await Promise.all(all.map((ring) => whoIs(ring, key)))).toEqual(["shop", "shop", "shop"]);
  await rings.revoke(id);
  here.changed();
  expect(await whoIs(here, key)).toBe("nobody");
  rings.now = 2_600;
  expect(await whoIs(busy, key)).toBe("shop");
  await new Promise(setImmediate); // meanwhile it reads the keys anew
  rings.now = 5_000;
  expect(await whoIs(busy, key)).toBe("nobody");
  expect(await whoIs(elsewhere, key)).toBe("shop");
  rings.now = 5_001;
  expect(await whoIs(elsewhere, key)).toBe("nobody");
});

test("a read that was under way as a key was revoked opens nothing to who comes after", async () => {
  const rings = new TestRings();
  const { key, id } = await rings.make();
  const ring = rings.ring();
  const { live } = rings.database.apiKeys;
  const before = await live();
  const { promise: slow, resolve } = Promise.withResolvers<typeof before>();
  rings.database = { ...rings.database, apiKeys: { ...rings.database.apiKeys, live: () => slow } };
  const early = whoIs(ring, key);
  rings.database = { ...rings.database, apiKeys: { ...rings.database.apiKeys, live } };
  await rings.revoke(id);
  ring.changed();
  const late = await whoIs(ring, key);
  resolve(before);
  expect([await early, late, await whoIs(ring, key)]).toEqual(["shop", "nobody", "nobody"]);
});

test("with the database away a key is neither right nor wrong, unless it was read a moment ago", async () => {
  const rings = new TestRings();
  const { key } = await rings.make();
  const ring = rings.ring({ environment: { till: "0123456789abcdef" } });
  await whoIs(ring, key);
  rings.away = true;
  rings.now = 4_999;
  expect(await whoIs(ring, key)).toBe("shop");
  await expect(whoIs(ring, unknown)).rejects.toThrow(Unavailable);
  rings.now = 5_001;
  await expect(whoIs(ring, key)).rejects.toThrow(Unavailable);
  expect(await whoIs(ring, "0123456789abcdef")).toBe("till");
  rings.away = false;
  rings.now += 250;
  expect(await whoIs(ring, key)).toBe("shop");
});

test("waits two seconds for a database that says nothing, and no longer", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const rings = new TestRings();
  rings.database = { ...rings.database, apiKeys: { ...rings.database.apiKeys, live: () => new Promise(() => {}) } };
  const ring = rings.ring();
  const answers = Promise.allSettled([whoIs(ring, unknown), whoIs(ring, unknown)]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(whoIs(ring, unknown)).rejects.toThrow(Unavailable);
  expect(rings.reads).toBe(1);
});

test("asks a database that is away four times a second, and fails at once meanwhile", async () => {
  const rings = new TestRings();
  rings.away = true;
  const ring = rings.ring();
  for (; rings.now < 1_000; rings.now += 1) await expect(whoIs(ring, unknown)).rejects.toThrow(Unavailable);
  expect(rings.reads).toBe(4);
});

test("is open while there has never been a key, and closed for good by the first one", async () => {
  const rings = new TestRings();
  const ring = rings.ring({ mayBeOpen: true });
  expect([await whoIs(ring), await whoIs(ring, "anything"), await whoIs(ring, unknown)]).toEqual([
    "anonymous",
    "anonymous",
    "anonymous",
  ]);
  const { key, id } = await rings.make();
  rings.now = 5_001;
  expect([await whoIs(ring), await whoIs(ring, "anything"), await whoIs(ring, key)]).toEqual([
    "nobody",
    "nobody",
    "shop",
  ]);
  await rings.revoke(id);
  ring.changed();
  expect([await whoIs(ring), await whoIs(ring, key)]).toEqual(["nobody", "nobody"]);
});

test("is not open where others can reach it, nor beside a key of the environment", async () => {
  const rings = new TestRings();
  expect(await whoIs(rings.ring({ mayBeOpen: false }))).toBe("nobody");
  expect(await whoIs(rings.ring({ mayBeOpen: true, environment: { shop: "0123456789abcdef" } }))).toBe("nobody");
});
