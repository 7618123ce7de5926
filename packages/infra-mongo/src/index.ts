export { type MongoAddress, openMongo } from "./open-mongo.ts";
