import { chooseProvider } from "./choose-provider.ts";
import { startDockerServer } from "./docker-server.ts";
import { startLocalServer } from "./local-server.ts";
import { probeMachine } from "./probe-machine.ts";
import type { Server, ServerKind, ServerOptions } from "./server.ts";

/** Starts a server for the caller alone, so it ignores the URLs of the environment. */
export async function startServer(kind: ServerKind, options: ServerOptions): Promise<Server> {
  const choice = chooseProvider({}, await probeMachine(), kind.name);
  if (!choice.ok) throw new Error(`a ${kind.name} of the test's own: ${choice.failure}`);
  return choice.provider === "docker" ? startDockerServer(kind, options) : startLocalServer(kind, options);
}
