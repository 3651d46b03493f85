import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ctx } from "@/lib/context/context";
import type { RdsRecords } from "@/sandbox/rds/records";

/** As many databases as RDS lets such an instance have. */
const DATABASES_AN_INSTANCE = 50;
const FIRST_TASK_ID = 900_000;
/** Until everything that is measured has been started. */
const LEAD_SECONDS = 30;

export const copyOf = (templateId: string, n: number): string => `${templateId}-${n}`;
const instanceOf = (n: number): string =>
  `rm-load${String(Math.floor(n / DATABASES_AN_INSTANCE)).padStart(3, "0")}`;
/** The same in SQL, of `n`. */
const INSTANCE_SQL = `'rm-load' || lpad((n / ${DATABASES_AN_INSTANCE})::text, 3, '0')`;

/**
 * So many copies of a migration with all its rows, each of a target of its own and, of every fifty, on an instance of its own; the
 * template is cancelled. Their uploads go on with `bytesPerSecond`. The chain of events' hashes is the template's.
 */
export async function copyMigration(
  ctx: Ctx,
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
    return ctx.db.$executeRawUnsafe(
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
    rdsTaskId: `CASE WHEN r."rdsTaskId" IS NULL THEN NULL ELSE (${FIRST_TASK_ID} + n)::text END`,
    uploadControl: control,
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
  await ctx.db.migration.update({
    where: { id: templateId },
    data: { status: "cancelled", finishedAt: ctx.now() },
  });
  await ctx.db.$executeRawUnsafe("ANALYZE");
}

/**
 * The same in the records of the sandbox's RDS, which must not run: instances, and of each copy the task with its files, the last of
 * which is restored between `fromMs` and `toMs`, one after another in no order of theirs.
 */
export function copyTasks(
  sandboxFolder: string,
  {
    rdsTaskId,
    copies,
    fromMs,
    toMs,
  }: { rdsTaskId: string | null; copies: number; fromMs: number; toMs: number },
): void {
  const path = join(sandboxFolder, "rds.json");
  const records = JSON.parse(readFileSync(path, "utf8")) as RdsRecords;
  const task = records.tasks.find(({ taskId }) => taskId === rdsTaskId);
  const [instance] = records.instances;
  if (instance === undefined) throw new Error("The sandbox has no instance");
  for (let n = 0; n < copies; n += 1) {
    const instanceId = instanceOf(n);
    if (n % DATABASES_AN_INSTANCE === 0)
      records.instances.push({ ...instance, instanceId, maxDatabases: 2 * DATABASES_AN_INSTANCE });
    if (task === undefined) continue;
    // A step through the copies that visits each once: neighbours on a page do not end together.
    const turn = (n * 7_919) % copies;
    const endsMs = Math.round(fromMs + ((toMs - fromMs) * turn) / copies);
    const files = task.files.map((file, index) =>
      index < task.files.length - 1
        ? file
        : {
            ...file,
            steps: file.steps.map((step, at) =>
              at < file.steps.length - 1 ? step : { ...step, atMs: endsMs },
            ),
          },
    );
    records.tasks.push({
      ...task,
      taskId: String(FIRST_TASK_ID + n),
      instanceId,
      databaseName: `Shop_${n}`,
      files,
    });
  }
  writeFileSync(path, JSON.stringify(records));
}
