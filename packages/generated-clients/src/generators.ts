import { join } from "node:path";

/** The version of each generator that is not an npm package. */
const versions = { openapiGenerator: "7.14.0", openapiPythonClient: "0.26.1" } as const;

const bin = (name: string) => join(import.meta.dirname, "../node_modules/.bin", name);
const jar = join(
  process.env["HOME"] ?? "",
  ".m2/repository/org/openapitools/openapi-generator-cli",
  versions.openapiGenerator,
  `openapi-generator-cli-${versions.openapiGenerator}.jar`,
);

/** A command and its arguments. `{document}` stands for the document's path, `{url}` for the server's. */
export type Step = readonly string[];

/** How one generator's client is made, built, and made to place and confirm an order. The steps run in a folder of its own. */
export interface Generator {
  /** Programs that have to be on the machine. */
  readonly needs: readonly string[];
  /** Files of `programs/` that are copied into the folder first. */
  readonly programs: readonly string[];
  readonly build: readonly Step[];
  /** Prints what became of an order, and of one of 10,000 units, a line each. */
  readonly run: Step;
}

function typeScript(program: string, generate: Step): Generator {
  const options = ["--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"];
  return {
    needs: [],
    programs: [program],
    build: [
      generate,
      [bin("tsc"), ...options, "--allowImportingTsExtensions", "--skipLibCheck", "--types", "node", program],
      [
        bin("esbuild"),
        program,
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--log-level=error",
        "--outfile=run.mjs",
      ],
    ],
    run: [process.execPath, "run.mjs", "{url}"],
  };
}

function openApiGenerator(language: string, ...options: readonly string[]): readonly Step[] {
  return [
    [
      "mvn",
      "-q",
      "-B",
      "dependency:get",
      `-Dartifact=org.openapitools:openapi-generator-cli:${versions.openapiGenerator}`,
    ],
    ["java", "-jar", jar, "generate", "-i", "{document}", "-g", language, "-o", "client", ...options],
  ];
}

const python: readonly Step[] = [["python3", "-m", "venv", "venv"]];
const pip = ["venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"] as const;

export const generators = {
  "openapi-typescript": typeScript("openapi-typescript.ts", [
    bin("openapi-typescript"),
    "{document}",
    "-o",
    "document.ts",
  ]),
  "hey-api": typeScript("hey-api.ts", [
    bin("openapi-ts"),
    "-i",
    "{document}",
    "-o",
    "client",
    "-c",
    "@hey-api/client-fetch",
  ]),
  "openapi-python-client": {
    needs: ["python3"],
    programs: ["openapi-python-client.py"],
    build: [
      ...python,
      [...pip, `openapi-python-client==${versions.openapiPythonClient}`],
      ["venv/bin/openapi-python-client", "generate", "--path", "{document}", "--output-path", "client"],
      [...pip, "./client"],
    ],
    run: ["venv/bin/python", "openapi-python-client.py", "{url}"],
  },
  python: {
    needs: ["java", "mvn", "python3"],
    programs: ["python.py"],
    build: [...openApiGenerator("python"), ...python, [...pip, "./client"]],
    run: ["venv/bin/python", "python.py", "{url}"],
  },
  go: {
    needs: ["java", "mvn", "go"],
    programs: ["go.mod", "main.go"],
    build: [
      // A server that says more than its document did must not break a client.
      ...openApiGenerator("go", "--additional-properties=disallowAdditionalPropertiesIfNotPresent=false"),
      ["go", "mod", "tidy"],
      ["go", "build", "-o", "place-and-confirm", "."],
    ],
    run: ["./place-and-confirm", "{url}"],
  },
  java: {
    needs: ["java", "mvn"],
    programs: ["PlaceAndConfirm.java"],
    build: [
      // Without it a call takes its parameters in order, and one that is added later is an error in a program that compiled before.
      ...openApiGenerator(
        "java",
        "--library",
        "native",
        "--additional-properties=useSingleRequestParameter=true",
        "--global-property=apiTests=false,modelTests=false",
      ),
      ["mvn", "-q", "-B", "-f", "client/pom.xml", "package"],
    ],
    run: ["java", "-cp", "client/target/*:client/target/lib/*", "PlaceAndConfirm.java", "{url}"],
  },
} as const satisfies Record<string, Generator>;

export type GeneratorName = keyof typeof generators;
