export { backUpMongo } from "./back-up-mongo.ts";
export { migrateMongo } from "./migrate-mongo.ts";
export { type MongoAddress, openMongo } from "./open-mongo.ts";
export { renewMongoEpoch, restoreMongo } from "./restore-mongo.ts";
