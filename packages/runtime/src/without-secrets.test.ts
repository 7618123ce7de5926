import { expect, test } from "vitest";
import { withoutSecrets } from "./without-secrets.ts";

test.each([
  ["cannot reach mongodb://shop:s3cret@db:27017/shop", "cannot reach mongodb://shop:***@db:27017/shop"],
  ["mongodb+srv://shop:p%40ss@cluster.example/?w=1", "mongodb+srv://shop:***@cluster.example/?w=1"],
  ["redis://:s3cret@cache:6379", "redis://:***@cache:6379"],
  ["redis://default:a/b@c@cache:6379/1", "redis://default:***@cache:6379/1"],
  ["mongodb://a:1x@one:27017,two:27018/shop", "mongodb://a:***@one:27017,two:27018/shop"],
  ["redis://cache:6379/0?password=s3cret&family=4", "redis://cache:6379/0?password=***&family=4"],
  ["GET https://hooks.example/?api_key=abc.def", "GET https://hooks.example/?api_key=***"],
  ["Authorization: Bearer abcdefgh.ijkl", "Authorization: Bearer ***"],
  ["authorization: basic c2hvcDpzM2NyZXQ=", "authorization: basic ***"],
  ["no key hf_0123456789abcdef here", "no key hf_*** here"],
  ["no token hfo_0123456789abcdef here", "no token hfo_*** here"],
  ["no token hfs_mia2ftp0.a2V5.5OaF0Yt7 here", "no token hfs_*** here"],
  ["mongodb://localhost:27017/shop?replicaSet=rs0", "mongodb://localhost:27017/shop?replicaSet=rs0"],
  ["http://127.0.0.1:3000/v1/orders?sku=tea", "http://127.0.0.1:3000/v1/orders?sku=tea"],
  ["at file:///srv/holdfast/apps/api/src/main.ts:3:1", "at file:///srv/holdfast/apps/api/src/main.ts:3:1"],
  ["connect ECONNREFUSED 127.0.0.1:6379", "connect ECONNREFUSED 127.0.0.1:6379"],
])("%s is logged as %s", (text, logged) => {
  expect(withoutSecrets(text)).toBe(logged);
});
