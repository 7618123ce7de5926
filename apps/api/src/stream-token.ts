import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { type Instant, limits } from "@holdfast/domain";

/** So that a token is known for one wherever it turns up: in a log, a history, a secret scanner. */
const prefix = "hfs_";

/** Keeps what is signed here apart from whatever else a key's hash may sign one day. */
const purpose = "stream-token";

/** What a token says, before it is known to be true. */
export interface StreamToken {
  readonly callerId: string;
  readonly expiresAt: Instant;
  /** Whether the key with this hash has made it, for the stream at this path. Takes as long for one that is nearly right. */
  readonly isFrom: (keyHash: string, path: string) => boolean;
}

/**
 * A token that opens one stream in place of a key. Nothing is kept of it: it is signed with what every process knows of the key, its hash,
 * and so ends with the key.
 */
export function newStreamToken(
  { callerId, keyHash, path }: { readonly callerId: string; readonly keyHash: string; readonly path: string },
  now: Instant,
): { readonly token: string; readonly expiresAt: Instant } {
  const expiresAt = (now + limits.streamTokenSeconds * 1_000) as Instant;
  const said = `${expiresAt.toString(36)}.${Buffer.from(callerId).toString("base64url")}`;
  return { token: `${prefix}${said}.${signatureOf(said, keyHash, path)}`, expiresAt };
}

/** Reads a token; `undefined` where it cannot be one. */
export function readStreamToken(text: string): StreamToken | undefined {
  const parts = /^hfs_(([0-9a-z]{1,10})\.([\w-]{1,128}))\.([\w-]{43})$/.exec(text);
  if (parts === null) return undefined;
  const [, said = "", expires = "", caller = "", signature = ""] = parts;
  return {
    callerId: Buffer.from(caller, "base64url").toString(),
    expiresAt: Number.parseInt(expires, 36) as Instant,
    isFrom: (keyHash, path) => isSame(signatureOf(said, keyHash, path), signature),
  };
}

function signatureOf(said: string, keyHash: string, path: string): string {
  return createHmac("sha256", keyHash).update(`${purpose}\n${path}\n${said}`).digest("base64url");
}

function isSame(right: string, given: string): boolean {
  return timingSafeEqual(hash("sha256", right, "buffer"), hash("sha256", given, "buffer"));
}
