/**
 * What the processes of apps/api need, and `createApp` does not: a program that installs @holdfast/api installs no database
 * driver, bundler and dashboard with it.
 */
const forProcessesAlone = ["@holdfast/dashboard", "@holdfast/infra-mongo", "@holdfast/infra-redis"];

/** Whether a package is of this repository. */
const isOurs = (name) => name.startsWith("@holdfast/");

/** `owner/name` on GitHub, in a workflow: a package's provenance is checked against its manifest. */
const { GITHUB_REPOSITORY: repository } = process.env;

export const hooks = {
  beforePacking(manifest) {
    if (repository) manifest.repository = { type: "git", url: `git+https://github.com/${repository}.git` };
    if (manifest.name === "@holdfast/api") for (const name of forProcessesAlone) delete manifest.dependencies[name];
    // Bundled: see apps/holdfast/build-program.ts.
    if (manifest.name === "holdfast") {
      for (const name of Object.keys(manifest.dependencies)) if (isOurs(name)) delete manifest.dependencies[name];
    }
    return manifest;
  },
};
