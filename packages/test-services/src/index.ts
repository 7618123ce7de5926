import "./provided-context.ts";

export {
  chooseProvider,
  type MachineProbe,
  type Provider,
  type ProviderChoice,
  type ServiceName,
} from "./choose-provider.ts";
export { launchBrowser } from "./chromium.ts";
export { takeAllDescriptors } from "./disk-faults/all-descriptors.ts";
export { type DiskFault, type FailingDisk, failingDisk } from "./disk-faults/failing-disk.ts";
export { type SmallDisk, smallDisk } from "./disk-faults/full-disk.ts";
export { lockFile } from "./disk-faults/locked-file.ts";
export { leaveNoDescriptor } from "./disk-faults/no-descriptors.ts";
export { freePort } from "./free-port.ts";
export { type K6Result, type K6Run, type K6Summary, k6Path, runK6 } from "./k6.ts";
export { type MongoService, startMongo } from "./mongo.ts";
export { OwnedProcess } from "./owned-process.ts";
export { type PostgresService, startPostgres } from "./postgres.ts";
export { schemathesisCommand } from "./python-wheels.ts";
export { type RedisService, startRedis } from "./redis.ts";
export { REPOSITORY_FOLDER } from "./services-folder.ts";
export { type SharedServices, sharedServices } from "./shared-services.ts";
export { type EndedRun, type NodeApp, type NodeServerApp, runNode, spawnNode } from "./spawn-node.ts";
