import { randomUUID } from "node:crypto";
import { describeStore } from "@holdfast/store-contract";
import type {} from "@holdfast/test-services";
import { inject } from "vitest";
import { openMongo } from "./open-mongo.ts";

describeStore("MongoDB", () => openMongo({ url: inject("mongoUrl"), databaseName: `store-${randomUUID()}` }));
