import { openMemory } from "@holdfast/memory-store";
import { describeStore } from "./describe-store.ts";

// Here and not beside the store: what uses the store must not pull in a test runner with it.
describeStore("memory", async () => openMemory());
