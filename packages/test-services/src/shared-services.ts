import { announcement } from "./announcement.ts";
import { chooseProvider, SERVICE_VARIABLES } from "./choose-provider.ts";
import { startMongo } from "./mongo.ts";
import { probeMachine } from "./probe-machine.ts";
import { startRedis } from "./redis.ts";

/** One MongoDB and one Redis for a whole test run. Tests share them, each with a database name and a key prefix of its own. */
export interface SharedServices {
  readonly mongoUrl: string;
  readonly redisUrl: string;
  /** Stops what was started here. Servers of the environment keep running. */
  stop(): Promise<void>;
}

/**
 * Prints in one line where the services come from, and starts those that the environment does not name.
 *
 * @throws with one line that says what to install
 */
export async function sharedServices(): Promise<SharedServices> {
  const probe = await probeMachine();
  const mongo = chooseProvider(process.env, probe, "mongo");
  const redis = chooseProvider(process.env, probe, "redis");
  const k6 = chooseProvider(process.env, probe, "k6");
  if (!mongo.ok)
    throw new Error(
      `test services: ${mongo.failure}, or set ${SERVICE_VARIABLES.mongo} and ${SERVICE_VARIABLES.redis}`,
    );
  if (!redis.ok) throw new Error(`test services: ${redis.failure}, or set ${SERVICE_VARIABLES.redis}`);
  // Only load tests need k6, and they say themselves if it is missing.
  const providers = { mongo: mongo.provider, redis: redis.provider };
  console.log(announcement(k6.ok ? { ...providers, k6: k6.provider } : providers));

  const starting = [
    given(SERVICE_VARIABLES.mongo) ?? startMongo(),
    given(SERVICE_VARIABLES.redis) ?? startRedis(),
  ] as const;
  async function stop(): Promise<void> {
    const settled = await Promise.allSettled(starting);
    await Promise.all(settled.map((server) => (server.status === "fulfilled" ? server.value.stop() : undefined)));
  }
  try {
    const [{ url: mongoUrl }, { url: redisUrl }] = await Promise.all(starting);
    return { mongoUrl, redisUrl, stop };
  } catch (error) {
    // The other one may have started.
    await stop();
    throw error;
  }
}

interface Stoppable {
  readonly url: string;
  stop(): Promise<void>;
}

/** A server that we did not start, and do not stop. */
function given(variable: string): Stoppable | undefined {
  const url = process.env[variable];
  return url ? { url, stop: async () => {} } : undefined;
}
