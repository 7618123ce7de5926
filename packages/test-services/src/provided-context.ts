import type {} from "vitest";

declare module "vitest" {
  /** What global-setup.ts hands to tests: `inject('mongoUrl')`, `inject('redisUrl')`. */
  export interface ProvidedContext {
    mongoUrl: string;
    redisUrl: string;
  }
}
