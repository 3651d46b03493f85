import type { ReadStream } from "node:fs";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { backupOpenStore, exportFromOpenStore } from "@/lib/store/backup/backup-store";

/** A backup of the whole store while everything goes on: bytes of a file for `chainferry restore`. Holds no key of secrets. */
export function backupStore({ ctx }: Use<null>): Promise<ReadStream> {
  requireRole(ctx.actor, "administrator");
  return backupOpenStore(ctx.db, { version: ctx.system.version, createdAt: ctx.now().toISOString() });
}

/** The record of one migration with all its rows, for `chainferry import` into another store; throws as `recordLines` does. */
export function exportRecord({ ctx, input }: Use<{ migrationId: string }>): Promise<ReadStream> {
  requireRole(ctx.actor, "administrator");
  const about = { version: ctx.system.version, createdAt: ctx.now().toISOString() };
  return exportFromOpenStore(ctx.db, input.migrationId, about);
}
