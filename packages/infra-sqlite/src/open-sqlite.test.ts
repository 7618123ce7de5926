import { describeStore } from "@holdfast/store-contract";
import { openSqlite } from "./open-sqlite.ts";

describeStore("sqlite", async () => openSqlite({ path: ":memory:" }));
