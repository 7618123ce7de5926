import { freePort, spawnNode } from "@holdfast/test-services";

/** One of our processes. It keeps its port through crashes. */
export interface RestartableApp {
  readonly url: string;
  /** The id of the process that runs, or ran last. */
  readonly pid: number;
  readonly running: boolean;
  /** The log of all its processes. */
  readonly logBytes: number;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again and waits until it is ready. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `entry`. `portName` is the environment variable of the port where it answers `/healthz`. */
export async function startRestartable(
  entry: string,
  portName: "PORT" | "HEALTH_PORT",
  env: Readonly<Record<string, string>>,
): Promise<RestartableApp> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  let running = false;
  let logBytes = 0;
  const spawn = async () => {
    const app = await spawnNode({
      entry,
      env: { ...env, [portName]: port },
      readyUrl: `${url}/healthz`,
      onOutput: (text) => {
        logBytes += Buffer.byteLength(text);
      },
    });
    running = true;
    app.exited.then(() => {
      running = false;
    });
    return app;
  };
  let app = await spawn();
  return {
    url,
    get pid() {
      return app.pid;
    },
    get running() {
      return running;
    },
    get logBytes() {
      return logBytes;
    },
    kill: () => app.kill(),
    async start() {
      app = await spawn();
    },
    async stop() {
      await app.stop();
    },
  };
}
