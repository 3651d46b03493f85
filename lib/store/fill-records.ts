import type { PrismaClient } from "./generated/client";

/** How much is on record. */
export interface RecordsScale {
  migrations: number;
  files: number;
  events: number;
}

/** Rows of one statement: the embedded store holds what one writes in memory. */
const AT_ONCE = 50_000;

/**
 * For benchmarks. Writes a record of years into an empty store: migrations to 40 instances of four accounts by 30 people, each with its RDS
 * task, its share of files and events, and a fifth as many tasks made in the console. The same rows every time.
 */
export async function fillRecords(db: PrismaClient, sizes: RecordsScale): Promise<void> {
  const filesEach = Math.max(1, Math.round(sizes.files / sizes.migrations));
  const eventsEach = Math.max(1, Math.round(sizes.events / sizes.migrations));
  const run = (sql: string) => db.$executeRawUnsafe(sql);
  // Three letters of every word, row by row, take longer than all else: the same indexes are built at the end.
  const indexes = await db.$queryRawUnsafe<{ name: string; definition: string }[]>(
    `SELECT indexname AS "name", indexdef AS "definition" FROM pg_indexes
      WHERE schemaname = current_schema() AND indexname LIKE '%\\_letters\\_idx'`,
  );
  for (const { name } of indexes) await run(`DROP INDEX "${name}"`);
  await run(`INSERT INTO "Connection" ("id", "kind", "name", "config", "secretSealed", "updatedAt")
    SELECT 'account-' || n, 'cloud_account', 'Account ' || n, '{}', '', now() FROM generate_series(0, 3) n`);
  const started = (n: string) => `timestamp '2026-01-01' + ${n} * interval '41 minutes'`;
  const each = async (rows: number, insert: (from: number, to: number) => string) => {
    for (let from = 0; from < rows; from += AT_ONCE)
      await run(insert(from, Math.min(rows, from + AT_ONCE) - 1));
  };
  await each(
    sizes.migrations,
    (
      from,
      to,
    ) => `INSERT INTO "Migration" ("id", "name", "status", "phase", "draft", "method", "cloudConnectionId",
      "sourceDatabase", "targetDatabase", "instanceId", "bucket", "prefix", "ticket", "rdsTaskId", "createdBy", "createdAt",
      "startedAt", "finishedAt", "updatedAt", "nextSeq")
    SELECT 'm' || n, 'Sales ' || n, (ARRAY['succeeded','succeeded','succeeded','failed','cancelled'])[1 + n % 5], 'online',
      '{}', (ARRAY['access_pending','immediate'])[1 + n % 2], 'account-' || n % 4, 'Sales_' || n, 'sales_' || n,
      'rm-' || n % 40, 'backups', 'shop/' || n, 'CHG-' || n, (100000 + n)::text, 'person-' || n % 30, ${started("n")},
      ${started("n")}, ${started("n")} + interval '5 hours', now(), ${eventsEach + 1}
    FROM generate_series(${from}, ${to}) n`,
  );
  const console = Math.round(sizes.migrations / 5);
  await each(
    sizes.migrations + console,
    (
      from,
      to,
    ) => `INSERT INTO "ImportTask" ("connectionId", "instanceId", "rdsTaskId", "migrationId", "databaseName",
      "method", "status", "providerStatus", "description", "rdsCreatedAt", "rdsEndedAt", "firstSeenAt", "lastSeenAt", "files")
    SELECT 'account-' || n % 4, 'rm-' || n % 40, (100000 + n)::text,
      CASE WHEN n < ${sizes.migrations} THEN 'm' || n END, 'sales_' || n, (ARRAY['access_pending','immediate'])[1 + n % 2],
      (ARRAY['succeeded','succeeded','succeeded','failed','running'])[1 + n % 5], 'Success',
      CASE n % 5 WHEN 3 THEN 'The database (sales_' || n || ') is already exist on RDS' ELSE '' END, ${started("n")}, ${started("n")} + interval '4 hours',
      now(), now(), json_build_array(json_build_object('fileName', 'sales_' || n || '_full.bak'))
    FROM generate_series(${from}, ${to}) n`,
  );
  await each(
    sizes.migrations * filesEach,
    (
      from,
      to,
    ) => `INSERT INTO "BackupFile" ("id", "migrationId", "name", "objectKey", "state", "type", "firstLsn",
      "lastLsn", "sizeBytes")
    SELECT 'f' || n, 'm' || n / ${filesEach}, 'Sales_' || n / ${filesEach} || '_LOG_' || n || '.bak', 'k' || n, 'imported',
      'log', (37 + n / ${filesEach})::text || '0000000' || lpad((824 + n % ${filesEach})::text, 3, '0') || '00001',
      (37 + n / ${filesEach})::text || '0000000' || lpad((825 + n % ${filesEach})::text, 3, '0') || '00001', 1000000
    FROM generate_series(${from}, ${to}) n`,
  );
  await each(
    sizes.migrations * eventsEach,
    (
      from,
      to,
    ) => `INSERT INTO "MigrationEvent" ("migrationId", "seq", "type", "payload", "actor", "at", "hash")
    SELECT 'm' || n / ${eventsEach}, 1 + n % ${eventsEach}, 'step_succeeded',
      json_build_object('kind', 'upload', 'round', n % ${eventsEach}, 'seconds', 12.5), 'engine', ${started(`(n / ${eventsEach})`)},
      md5(n::text) || md5(n::text)
    FROM generate_series(${from}, ${to}) n`,
  );
  for (const { definition } of indexes) await run(definition);
  await run("ANALYZE");
}
