import type { PrismaClient } from "./generated/client";

/** As many databases as RDS lets such an instance have. */
export const COPIES_AN_INSTANCE = 50;
export const FIRST_COPIED_TASK = 900_000;
/** Until everything that is measured has been started. */
const LEAD_SECONDS = 60;

export const copyOf = (templateId: string, n: number): string => `${templateId}-${n}`;
export const instanceOfCopy = (n: number): string =>
  `rm-load${String(Math.floor(n / COPIES_AN_INSTANCE)).padStart(3, "0")}`;
/** The same in SQL, of `n`. */
const INSTANCE_SQL = `'rm-load' || lpad((n / ${COPIES_AN_INSTANCE})::text, 3, '0')`;

/**
 * For benchmarks. So many copies of a migration with all its rows, each of a target of its own and, of every fifty, on an instance of its own; the
 * template is cancelled. Their uploads go on with `bytesPerSecond`. The chain of events' hashes is the template's.
 */
export async function copyMigration(
  db: PrismaClient,
  {
    templateId,
    copies,
    bytesPerSecond,
  }: { templateId: string; copies: number; bytesPerSecond: number | null },
): Promise<void> {
  const id = `'${templateId}-' || n`;
  const own = `"migrationId" = '${templateId}'`;
  const control =
    bytesPerSecond === null ? "NULL" : `'{"paused":false,"bytesPerSecond":${bytesPerSecond}}'::jsonb`;
  // What RDS is at has its name in RDS's records; what is still to be sent goes to a place of its own.
  const objectKey = bytesPerSecond === null ? `r."objectKey"` : `n || '/' || r."objectKey"`;
  // Restores began within the last hour, and the next look at each comes when its turn is.
  const waits = `r."kind" = 'await_import' AND r."status" = 'waiting_external'`;
  const turn = `(n * 7919 % ${copies})::float8 / ${copies}`;
  /** Rows of a table, each column as it is but those named. */
  const copy = (table: string, where: string, changed: Readonly<Record<string, string>>) => {
    const pairs = Object.entries(changed).map(([column, value]) => `'${column}', ${value}`);
    return db.$executeRawUnsafe(
      `INSERT INTO "${table}" SELECT made.* FROM "${table}" r, generate_series(0, ${copies - 1}) n,
        LATERAL jsonb_populate_record(NULL::"${table}", to_jsonb(r) || jsonb_build_object(${pairs.join(", ")})) made
      WHERE ${where}`,
    );
  };
  const target = `'Shop_' || n`;
  await copy("Migration", `r."id" = '${templateId}'`, {
    id,
    name: `r."name" || ' ' || n`,
    targetDatabase: target,
    instanceId: INSTANCE_SQL,
    rdsTaskId: `CASE WHEN r."rdsTaskId" IS NULL THEN NULL ELSE (${FIRST_COPIED_TASK} + n)::text END`,
    uploadControl: control,
    // Their last log was taken by steps of the template's name: of one that is reached nobody says that it is another's.
    targetLsn: `coalesce((SELECT max(f."lastLsn"::numeric)::text FROM "BackupFile" f WHERE f.${own}), r."targetLsn")`,
  });
  await copy("BackupFile", `r.${own}`, { id: `r."id" || '-' || n`, migrationId: id, objectKey });
  await copy("MigrationStep", `r.${own}`, {
    id: `r."id" || '-' || n`,
    migrationId: id,
    fileId: `r."fileId" || '-' || n`,
    claimedBy: "NULL::text",
    heartbeatAt: "NULL::text",
    startedAt: `CASE WHEN ${waits} THEN now() AT TIME ZONE 'UTC' - ${turn} * interval '1 hour' ELSE r."startedAt" END`,
    dueAt: `CASE WHEN ${waits} THEN now() AT TIME ZONE 'UTC' + interval '${LEAD_SECONDS} s' + ${turn} * interval '45 s' ELSE r."dueAt" END`,
  });
  await copy("MigrationEvent", `r.${own}`, { migrationId: id });
  await copy("MigrationProbe", `r.${own}`, { migrationId: id });
  await copy("OnceCall", `r.${own}`, {
    id: `r."id" || '-' || n`,
    migrationId: id,
    fileId: `r."fileId" || '-' || n`,
    stepId: `r."stepId" || '-' || n`,
    instanceId: `CASE WHEN r."instanceId" IS NULL THEN NULL ELSE ${INSTANCE_SQL} END`,
    subject: `CASE WHEN r."instanceId" IS NULL THEN r."subject" ELSE 'target ' || ${INSTANCE_SQL} || '/shop_' || n END`,
    databaseName: `CASE WHEN r."instanceId" IS NULL THEN r."databaseName" ELSE ${target} END`,
  });
  await db.migration.update({
    where: { id: templateId },
    data: { status: "cancelled", finishedAt: new Date() },
  });
  await db.$executeRawUnsafe("ANALYZE");
}
