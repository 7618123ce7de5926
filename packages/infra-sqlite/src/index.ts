export { backUpSqlite } from "./back-up-sqlite.ts";
export { migrateSqlite } from "./migrate-sqlite.ts";
export { openSqlite, type SqliteDatabase, type SqliteOptions } from "./open-sqlite.ts";
export { renewSqliteEpoch, restoreSqlite } from "./restore-sqlite.ts";
export { openSqliteReader, type SqliteHelpers, type SqliteReader } from "./sqlite-reader.ts";
export { collectStartGarbage } from "./start-garbage.ts";
