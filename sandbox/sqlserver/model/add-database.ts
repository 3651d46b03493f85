import { randomUUID } from "node:crypto";
import type { DatabaseState } from "./server-state";
import type { SqlServerModel } from "./sql-server-model";

/** Adds a database with the size, tables and load of another, never backed up. */
export function addDatabase(model: SqlServerModel, name: string, like = "SalesDB"): DatabaseState {
  const original = model.findDatabase(like);
  if (original === null) throw new Error(`There is no ${like} to be like.`);
  const guid = () => randomUUID().toUpperCase();
  const fork = guid();
  const database: DatabaseState = {
    ...original,
    name,
    like,
    id: Math.max(...model.state.databases.map(({ id }) => id)) + 1,
    databaseGuid: guid(),
    familyGuid: guid(),
    forkGuid: fork,
    nextLogForkGuid: fork,
    logChain: null,
    differentialBase: null,
    databaseBackupLsn: null,
    lastLogBackupMs: null,
  };
  model.state.databases.push(database);
  return database;
}
