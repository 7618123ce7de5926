export { cannotStart } from "./cannot-start.ts";
export { readDatabaseUrl, runCommandLine } from "./command-line.ts";
export { readCommandLine, UsageError } from "./command-options.ts";
export { endWithLaunchers } from "./launchers.ts";
export { listenProblem } from "./listen-problem.ts";
export { logCrash, openLogger } from "./open-logger.ts";
export { logLevel, oneOf, readEnvironment, redisUrl, wholeNumber } from "./read-environment.ts";
export { stopSignal } from "./stop-signal.ts";
export { withoutSecrets } from "./without-secrets.ts";
