import type {} from "vitest";

declare module "vitest" {
  /** Set by global-setup.ts, and read by tests with `inject('mongoUrl')` and `inject('redisUrl')`. */
  export interface ProvidedContext {
    mongoUrl: string;
    redisUrl: string;
  }
}
