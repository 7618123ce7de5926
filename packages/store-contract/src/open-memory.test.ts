import { describeStore } from "./describe-store.ts";
import { openMemory } from "./open-memory.ts";

describeStore("memory", async () => openMemory());
