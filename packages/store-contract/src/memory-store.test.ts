import { openMemory } from "@holdfast/memory-store";
import { describeStore } from "./describe-store.ts";

// Not beside the store, whose users must not depend on a test runner.
describeStore("memory", async () => openMemory());
