export { runKeys } from "./run-keys.ts";
