import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { MigrationView } from "@/lib/contracts/migration";
import { listEvents } from "@/lib/services/event/list-events";
import { getMigration } from "@/lib/services/migration/get-migration";
import { listMigrations } from "@/lib/services/migration/list-migrations";
import { readRecord } from "@/lib/services/record/read-record";
import { verifyRecord } from "@/lib/services/record/verify-record";
import { readReport } from "@/lib/services/report/read-report";
import { readBackup } from "@/lib/store/backup/backup-file";
import { restoreStore } from "@/lib/store/backup/restore-store";
import { checkStore } from "@/lib/store/check/check-store";
import { findProjectRoot } from "@/lib/store/project-root";
import { readConfig } from "./config";
import { startRuntime } from "./runtime";

const folder = mkdtempSync(join(tmpdir(), "chainferry-upgrade-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Backups that earlier programs wrote of a store in which they had migrated a database of the sandbox to its end:
 * `chainferry demo --data DIR`, `CHAINFERRY_DATA=DIR chainferry backup FILE`. Named by the newest script of prisma/migrations that they had.
 */
const MADE_BY = ["0020", "0025"] as const;

test.each(MADE_BY)(
  "what the program of migration %s has written is there to the letter, and today's reads it",
  async (name) => {
    const file = join(findProjectRoot(), "lib/start/upgrade-fixtures", `${name}.backup`);
    const dataFolder = join(folder, name);
    const place = { databaseUrl: null, folder: join(dataFolder, "store") };
    const rows = await rowsOf(file);
    const { head, counts } = await restoreStore(place, file);
    expect(head.migrations.at(-1)?.name.slice(0, 4)).toBe(name);
    expect(counts).toEqual(Object.fromEntries([...rows].map(([table, { length }]) => [table, length])));
    expect(counts.Migration).toBeGreaterThan(0);
    expect(await checkStore(place)).toMatchObject({ sound: true, migrations: { missing: [], newer: [] } });

    const config = readConfig({
      CHAINFERRY_DATA: dataFolder,
      CHAINFERRY_ENGINE: "separate",
      DATABASE_URL: undefined,
      CHAINFERRY_LOG: "silent",
    });
    const runtime = await startRuntime(config, { runsSteps: false });
    try {
      const ctx = runtime.ctxFor({ kind: "person", id: "t", name: "t", role: "administrator" });
      for (const [table, kept] of rows) {
        const found = await ctx.db.$queryRawUnsafe<{ kept: number }[]>(
          `SELECT count(*)::int AS kept FROM jsonb_array_elements($1::jsonb) old
           WHERE EXISTS (SELECT FROM "${table}" t WHERE to_jsonb(t) @> old)`,
          JSON.stringify(kept),
        );
        expect([table, found[0]?.kept]).toEqual([table, kept.length]);
      }
      const { migrations, unreadable } = await listMigrations({ ctx, input: {} });
      expect(unreadable).toEqual([]);
      expect(migrations).toMatchObject([{ status: "succeeded" }]);
      const [migrationId = ""] = migrations.map(({ id }) => id);
      const view = MigrationView.parse(await getMigration({ ctx, input: { migrationId } }));
      expect(view.files.length).toBe(counts.BackupFile);
      const { events } = await listEvents({ ctx, input: { migrationId, after: 0 } });
      expect(events.length).toBe(counts.MigrationEvent);
      await readReport({ ctx, input: { migrationId } });
      expect(verifyRecord(await readRecord({ ctx, input: { migrationId } }))).toMatchObject({ ok: true });
    } finally {
      await runtime.stop();
    }
  },
  300_000,
);

/** Rows as they were written, by table. */
async function rowsOf(file: string): Promise<Map<string, unknown[]>> {
  const rows = new Map<string, unknown[]>();
  let table: unknown[] = [];
  for await (const part of readBackup(file)) {
    if (part.kind === "table") {
      table = [];
      rows.set(part.table, table);
    } else if (part.kind === "row") table.push(JSON.parse(part.json));
  }
  return rows;
}
