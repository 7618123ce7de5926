import { freePort, spawnNode } from "@holdfast/test-services";

/** One of our processes, on a port that it keeps through every crash. */
export interface RestartableApp {
  readonly url: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, and waits until it is ready. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `entry`; `portName` is the variable that tells it where to answer `/healthz`. */
export async function startRestartable(
  entry: string,
  portName: "PORT" | "HEALTH_PORT",
  env: Readonly<Record<string, string>>,
): Promise<RestartableApp> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const spawn = () => spawnNode({ entry, env: { ...env, [portName]: port }, readyUrl: `${url}/healthz` });
  let app = await spawn();
  return {
    url,
    kill: () => app.kill(),
    async start() {
      app = await spawn();
    },
    async stop() {
      await app.stop();
    },
  };
}
