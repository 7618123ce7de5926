export { type OpenedRedis, openRedis, type RedisHealth, type RedisParts } from "./open-redis.ts";
