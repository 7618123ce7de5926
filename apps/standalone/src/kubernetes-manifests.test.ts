import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stopMsMax } from "@holdfast/api";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

const home = join(import.meta.dirname, "../../..");
const folder = join(home, "deploy/kubernetes");
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml") && file !== "kustomization.yaml");

interface Container {
  readonly image: string;
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string; readonly port: string } };
}

interface Labels {
  readonly matchLabels: object;
}

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly [Container];
  readonly volumes: readonly { readonly name: string }[];
  readonly topologySpreadConstraints: readonly { readonly labelSelector: Labels }[];
}

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Deployment extends Resource {
  readonly spec: {
    readonly selector: Labels;
    readonly template: { readonly metadata: { readonly labels: object }; readonly spec: PodSpec };
  };
}

const resources = files.flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => document.toJS() as Resource),
);
const deployments = resources.filter(({ kind }) => kind === "Deployment") as Deployment[];
const variables = [...readFileSync(join(home, "README.md"), "utf8").matchAll(/^\| `([A-Z_`, ]+)` +\|/gm)].flatMap(
  ([, names = ""]) => names.split(/[`, ]+/),
);

function ofKind<R extends Resource>(kind: string): readonly R[] {
  return resources.filter((resource) => resource.kind === kind) as R[];
}

function labelsOf({ spec }: Deployment): object {
  return spec.template.metadata.labels;
}

/** What is wrong with a resource by the schema of its kind. */
function faultsOf(resource: Resource): readonly string[] {
  const schema = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8"));
  const group = resource.apiVersion.includes("/") ? resource.apiVersion : `core/${resource.apiVersion}`;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile({ ...schema, $ref: `#/$defs/io.k8s.api.${group.replace("/", ".")}.${resource.kind}` });
  validate(resource);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each(resources.map((resource) => [resource.kind, resource.metadata.name, resource] as const))(
  "%s %s is what the schema of its kind allows",
  (_kind, _name, resource) => {
    expect(faultsOf(resource)).toEqual([]);
  },
);

test("finds a field that a kind has not, and a value of the wrong type", () => {
  const [first] = deployments;
  const bad = { ...first, spec: { ...first?.spec, replicaz: 2, minReadySeconds: "2" } } as unknown as Resource;
  expect(faultsOf(bad)).toEqual([
    "/spec must NOT have additional properties",
    "/spec/minReadySeconds must be integer,null",
  ]);
});

test("lists each file of resources", () => {
  const { resources: listed } = parse(readFileSync(join(folder, "kustomization.yaml"), "utf8"));
  expect([...listed].sort()).toEqual(files.sort());
  expect(deployments.length).toBe(2);
});

test.each(deployments.map((deployment) => [deployment.metadata.name, deployment] as const))(
  "%s starts a program that is in the image, with settings that it knows",
  (_name, { spec }) => {
    const { containers, volumes } = spec.template.spec;
    const [{ image, command, env, volumeMounts }] = containers;
    expect([image, command[0]]).toEqual(["holdfast", "node"]);
    expect(existsSync(join(home, command[1] ?? ""))).toBe(true);
    expect(env.map(({ name }) => name.replace(/_FILE$/, "")).filter((name) => !variables.includes(name))).toEqual([]);
    expect(volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
  },
);

test.each(deployments.map((deployment) => [deployment.metadata.name, deployment] as const))(
  "%s is asked on a port that it names, at paths that every process answers",
  (_name, { spec }) => {
    const [container] = spec.template.spec.containers;
    const probes = Object.entries(container).filter(([name]) => name.endsWith("Probe")) as [
      string,
      Container["readinessProbe"],
    ][];
    const asked = Object.fromEntries(probes.map(([name, probe]) => [name, probe?.httpGet.path]));
    expect(asked).toMatchObject({ livenessProbe: "/healthz", readinessProbe: "/readyz" });
    expect(new Set(probes.map(([, probe]) => probe?.httpGet.port))).toEqual(new Set([container.ports[0]?.name]));
    const { PORT = "3000", HEALTH_PORT = PORT } = Object.fromEntries(
      container.env.map(({ name, value }) => [name, value]),
    );
    expect(String(container.ports[0]?.containerPort)).toBe(HEALTH_PORT);
  },
);

test("leaves an API the time that it needs to stop", () => {
  const api = deployments.find(({ metadata }) => metadata.name === "holdfast-api");
  const { terminationGracePeriodSeconds = 0, containers } = api?.spec.template.spec ?? {};
  const notice = containers?.[0].env.find(({ name }) => name === "DRAIN_NOTICE_MS")?.value;
  expect(terminationGracePeriodSeconds * 1_000).toBeGreaterThan(stopMsMax(Number(notice)));
});

test("selects the pods of a deployment by the labels that they have", () => {
  for (const deployment of deployments) {
    const labels = labelsOf(deployment);
    const { selector, template } = deployment.spec;
    expect(selector.matchLabels).toEqual(labels);
    for (const { labelSelector } of template.spec.topologySpreadConstraints) {
      expect(labelSelector.matchLabels).toEqual(labels);
    }
  }
  const all = deployments.map(labelsOf);
  for (const { spec } of ofKind<Resource & { readonly spec: { readonly selector: object } }>("Service")) {
    expect(all).toContainEqual(spec.selector);
  }
  const budgets = ofKind<Resource & { readonly spec: { readonly selector: Labels } }>("PodDisruptionBudget");
  expect(budgets.map(({ spec }) => spec.selector.matchLabels)).toEqual(all);
});

test("scales a deployment that is there, which sets no number of its own", () => {
  const scalers = ofKind<Resource & { readonly spec: { readonly scaleTargetRef: object } }>("HorizontalPodAutoscaler");
  for (const { spec } of scalers) {
    const target = deployments.find(({ metadata, kind, apiVersion }) => {
      return JSON.stringify({ apiVersion, kind, name: metadata.name }) === JSON.stringify(spec.scaleTargetRef);
    });
    expect(target?.spec).not.toHaveProperty("replicas");
  }
});

test("hands over secrets in files, never in a manifest", () => {
  const held = deployments.flatMap(({ spec }) => spec.template.spec.containers[0].env);
  const secret = held.filter(({ name }) => /URL|KEY|SECRET|PASSWORD/.test(name));
  expect(secret.length).toBeGreaterThan(0);
  expect(secret.filter(({ name, value }) => !name.endsWith("_FILE") || !value.startsWith("/run/secrets/"))).toEqual([]);
});
