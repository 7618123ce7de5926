import { startEdge } from "../../deployments/edge.ts";
import { startStandalone } from "../../deployments/standalone.ts";
import { agedDatabase } from "../stock/aged-database.ts";
import type { BenchDeployment, BenchServices } from "./bench-deployment.ts";
import { startClassic, startWithoutStock } from "./bench-servers.ts";
import { benchEdge, benchStandalone, startMongoVariant } from "./holdfast-deployments.ts";
import { startInsertLimit } from "./insert-limit.ts";
import { startPeer } from "./peer.ts";

interface Variant {
  readonly says: string;
  readonly needsServers: boolean;
  readonly start: (services: BenchServices) => Promise<BenchDeployment>;
}

const mongo = (apis: number): Variant => ({
  says: `MongoDB + Redis, ${apis === 1 ? "one API" : `${apis} APIs`} and one worker`,
  needsServers: true,
  start: (services) => startMongoVariant(services, apis),
});

const threaded = (threads: number): Variant => ({
  says: `SQLite, one process, ${threads === 1 ? "one thread serves" : `${threads} threads serve`} HTTP`,
  needsServers: false,
  start: async ({ env }) => benchStandalone(await startStandalone({ env: { ...env, HTTP_THREADS: `${threads}` } })),
});

/** All variants, each with its description. */
export const variants = {
  bare: {
    says: "a bare Hono app that checks the same body and answers the same order",
    needsServers: false,
    start: () => startWithoutStock("bare-server"),
  },
  peer: {
    says: "what a careful engineer writes in an afternoon: the bare app, and one PostgreSQL function an order",
    needsServers: false,
    start: startPeer,
  },
  "no-op": {
    says: "the same app, with an engine that answers at once",
    needsServers: false,
    start: () => startWithoutStock("no-op-server"),
  },
  "no-op-keyless": {
    says: "the same app, with an engine that answers at once, without a key",
    needsServers: false,
    start: () => startWithoutStock("no-op-server", { keyless: true }),
  },
  standalone: {
    says: "SQLite, one process",
    needsServers: false,
    start: async ({ env }) => benchStandalone(await startStandalone({ env })),
  },
  "standalone-1-thread": threaded(1),
  "standalone-4-threads": threaded(4),
  edge: {
    says: "the edge, one shop in a Durable Object on this machine",
    needsServers: false,
    start: async ({ env }) => benchEdge(await startEdge({ env })),
  },
  mongo: mongo(1),
  "standalone-keyless": {
    says: "SQLite, one process, without a key",
    needsServers: false,
    start: async ({ env }) => benchStandalone(await startStandalone({ env, keyless: true })),
  },
  "mongo-keyless": {
    says: "MongoDB + Redis, one API and one worker, without a key",
    needsServers: true,
    start: (services) => startMongoVariant(services, 1, true),
  },
  classic: { says: "MongoDB, one transaction per request", needsServers: true, start: startClassic },
  "insert-limit": {
    says: "batched inserts of the same orders into the same MongoDB, and nothing else",
    needsServers: true,
    start: startInsertLimit,
  },
  "mongo-2-apis": mongo(2),
  "mongo-4-apis": mongo(4),
  "standalone-aged": {
    says: "SQLite, one process, on a database that holds many orders already",
    needsServers: false,
    start: async ({ sizes, env }) => benchStandalone(await startStandalone({ env, copyOf: await agedDatabase(sizes) })),
  },
} as const satisfies Record<string, Variant>;

export type VariantName = keyof typeof variants;

export const variantNames = Object.keys(variants) as readonly VariantName[];
