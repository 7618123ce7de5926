import type { MongoClientOptions } from "mongodb";

/** Every driver option that one of our promises depends on, rather than leaving it to a default or to the URL. */
export const clientOptions: MongoClientOptions = {
  appName: "holdfast",

  // A secondary may lag: reads have to see every acknowledged commit, and nothing that a failover could take back.
  readPreference: "primary",
  readConcern: { level: "majority" },
  // `journal` holds even where an operator has turned off writeConcernMajorityJournalDefault.
  writeConcern: { w: "majority", journal: true },

  // The fence of a lost commit has to be a retryable write; see fence.ts.
  retryWrites: true,
  retryReads: true,

  // One lane commits over one connection at a time; the rest is for the API's reads. Bounded, so that a slow database
  // makes callers wait in our queue, where they are shed, and not in the server.
  maxPoolSize: 20,
  minPoolSize: 2, // a commit and a read need no handshake after a quiet time
  waitQueueTimeoutMS: 5_000,

  // As long as the engine lets a command wait. A transaction cuts this short by its own deadline.
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  // A silent socket is given up: a frozen server must not hold connections for ever. Longer than any answer takes.
  socketTimeoutMS: 30_000,
  // Half the default: a dead primary without a reset connection is found sooner.
  heartbeatFrequencyMS: 5_000,

  // An optional field is absent in our types; stored as null it would come back as something else.
  ignoreUndefined: true,
};
