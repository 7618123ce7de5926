import type { StartedTestContainer } from "testcontainers";
import type { Address } from "./ask-socket.ts";
import { freePort } from "./free-port.ts";
import type { Server, ServerKind, ServerOptions } from "./server.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

/** For a start with the image at hand. testcontainers limits the pull by itself. */
const START_MS_MAX = 60_000;

/**
 * Starts a server in a container, and waits until it answers. The reaper of testcontainers removes the container when this process ends,
 * even if it is killed.
 */
export async function startDockerServer(kind: ServerKind, options: ServerOptions): Promise<Server> {
  const definition = await kind.docker.container();
  // A fixed host port: otherwise Docker gives the container another one when it starts again.
  definition.withExposedPorts({ container: kind.docker.containerPort, host: await freePort() });
  if (options.keepDataAs !== undefined) {
    const source = `holdfast-${options.keepDataAs}-${kind.name}`;
    definition.withBindMounts([{ source, target: kind.docker.dataFolder }]);
  }
  const started = await definition.start();
  const address: Address = { host: started.getHost(), port: started.getMappedPort(kind.docker.containerPort) };
  const container = await containerById(started.getId());
  let paused = false;
  let stopped = false;

  async function ready(): Promise<void> {
    await waitUntilReady({
      name: kind.name,
      msMax: START_MS_MAX,
      isReady: () => kind.isReady(address),
      isAlive: () => true,
      logs: () => logsOf(started),
    });
  }
  async function resume(): Promise<void> {
    if (!paused) return;
    await container.unpause();
    paused = false;
  }
  async function running(): Promise<boolean> {
    return (await container.inspect()).State.Running;
  }

  await ready();
  return {
    url: kind.docker.url(address),
    pid: undefined,
    async stop() {
      if (stopped) return;
      stopped = true;
      await resume();
      await started.stop({ timeout: 10_000 });
    },
    async kill() {
      if (await running()) await container.kill({ signal: "SIGKILL" });
      paused = false;
      await container.wait({ condition: "not-running" });
    },
    async restart() {
      await resume();
      if (await running()) await container.stop({ t: 10 });
      await container.start();
      await ready();
    },
    async pause() {
      if (paused) return;
      await container.pause();
      paused = true;
    },
    resume,
  };
}

/** The Docker handle below that of testcontainers, since only it can kill and pause. */
async function containerById(id: string) {
  const { getContainerRuntimeClient } = await import("testcontainers");
  const client = await getContainerRuntimeClient();
  return client.container.getById(id);
}

async function logsOf(container: StartedTestContainer): Promise<string> {
  const stream = await container.logs({ tail: 50 });
  // The log stream of a running container stays open, so take what comes within a moment.
  setTimeout(() => stream.destroy(), 500);
  let text = "";
  try {
    for await (const chunk of stream) text += String(chunk);
  } catch {
    // Destroyed above.
  }
  return text;
}
