import { hash, randomBytes } from "node:crypto";

/** So that a key is known for one wherever it turns up: in a log, a repository, a secret scanner. */
const prefix = "hf_";
const randomBytesLength = 32;
const shape = /^hf_[A-Za-z0-9_-]{43}$/;

/** A new key: 256 random bits. Only its holder keeps it. */
export function newApiKey(): string {
  return prefix + randomBytes(randomBytesLength).toString("base64url");
}

/** Whether a text can be a key that was made here. What cannot be one is not worth looking up. */
export function looksLikeApiKey(text: string): boolean {
  return shape.test(text);
}

/**
 * What is kept of a key, and what it is found by: its SHA-256.
 *
 * A slow, salted hash is for passwords, which people choose and others guess. A key is 256 random bits: a person who has the
 * hash would have to try 2^255 keys, at any speed, and no two keys are alike that a salt would tell apart.
 */
export function hashOfApiKey(key: string): string {
  return hash("sha256", key, "base64url");
}
