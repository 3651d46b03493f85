import type { Use } from "@/lib/context/context";
import { type MigrationRecord, RECORD_FORMAT } from "@/lib/contracts/migration-record";
import { digestOf } from "@/lib/store/event-chain";
import { getMigration } from "../migration/get-migration";

/** The whole record of a migration: what its page shows, and every fact with its hash. Throws `not_found`. */
export async function readRecord({ ctx, input }: Use<{ migrationId: string }>): Promise<MigrationRecord> {
  const migration = await getMigration({ ctx, input });
  const rows = await ctx.db.migrationEvent.findMany({
    where: { migrationId: input.migrationId },
    orderBy: { seq: "asc" },
  });
  const events = rows.map(({ seq, type, payload, actor, at, hash }) => ({
    seq,
    type,
    payload,
    actor,
    at: at.toISOString(),
    hash,
  }));
  const last = events.at(-1);
  const record = {
    format: RECORD_FORMAT,
    version: 1,
    exportedAt: ctx.now().toISOString(),
    program: ctx.system.version,
    migrationId: input.migrationId,
    migration: { ...migration },
    events,
    head: last ? { seq: last.seq, hash: last.hash } : null,
  } as const;
  return { ...record, digest: digestOf(record) };
}
