import { type Provider, SERVICE_VARIABLES, type ServiceName } from "./choose-provider.ts";
import { K6_VERSION, MONGO_IMAGE, REDIS_IMAGE, SECANTUS_VERSION, VALKEY_VERSION } from "./pins.ts";

/** The bench alone starts a PostgreSQL. */
type Announced = Exclude<ServiceName, "postgres">;

const LABELS: Readonly<Record<Provider, { readonly title: string } & Readonly<Record<Announced, string>>>> = {
  environment: { title: "the environment", ...SERVICE_VARIABLES },
  docker: { title: "Docker", mongo: MONGO_IMAGE, redis: REDIS_IMAGE, k6: `k6 ${K6_VERSION}` },
  python: {
    title: "Python 3 wheels",
    mongo: `MongoDB stand-in SecantusDB ${SECANTUS_VERSION}`,
    redis: `Valkey ${VALKEY_VERSION}`,
    k6: `k6 ${K6_VERSION}`,
  },
};

/**
 * One line that says where each service comes from.
 *
 * @example announcement({ mongo: 'environment', redis: 'docker' })
 * // 'test services: the environment (TEST_MONGODB_URL), Docker (redis:8-alpine)'
 */
export function announcement(providers: Readonly<Partial<Record<Announced, Provider>>>): string {
  const groups = new Map<Provider, string[]>();
  for (const service of ["mongo", "redis", "k6"] as const) {
    const provider = providers[service];
    if (provider !== undefined) groups.set(provider, [...(groups.get(provider) ?? []), LABELS[provider][service]]);
  }
  const parts = [...groups].map(([provider, labels]) => `${LABELS[provider].title} (${labels.join(", ")})`);
  return `test services: ${parts.join(", ")}`;
}
