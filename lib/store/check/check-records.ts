import { z } from "zod";
import type { Ask } from "./read-everything";
import type { StoreCheck, StoreFinding } from "./store-report";

interface Rule {
  check: StoreCheck;
  severity: StoreFinding["severity"];
  /** Selects `subject` and `what` of each finding. */
  sql: string;
}

/** Statuses of a step that is neither over nor under way: `lib/migration/vocabulary/status.ts`. */
const OVER = `('succeeded', 'failed', 'refused', 'cancelled', 'skipped')`;
const SINCE = (column: string) => `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS') || ' UTC'`;

/** What the database can't enforce by itself, and what is under way. */
const RULES: readonly Rule[] = [
  {
    check: "events",
    severity: "damage",
    sql: `
      SELECT m."id" AS subject, 'has ' || count(e."seq") || ' events numbered ' || coalesce(min(e."seq"), 0) || ' to '
        || coalesce(max(e."seq"), 0) || '; they should be 1 to ' || m."nextSeq" - 1 AS what
      FROM "Migration" m LEFT JOIN "MigrationEvent" e ON e."migrationId" = m."id"
      GROUP BY m."id" HAVING count(e."seq") <> m."nextSeq" - 1 OR coalesce(max(e."seq"), 0) <> m."nextSeq" - 1
      ORDER BY subject`,
  },
  {
    check: "steps",
    severity: "damage",
    sql: `
      SELECT s."id" AS subject, s."kind" || ' of migration ' || s."migrationId" || ' is for file ' || s."fileId"
        || ', which is not there' AS what
      FROM "MigrationStep" s WHERE s."fileId" IS NOT NULL
        AND NOT EXISTS (SELECT FROM "BackupFile" f WHERE f."id" = s."fileId" AND f."migrationId" = s."migrationId")
      ORDER BY subject`,
  },
  {
    check: "once_calls",
    severity: "damage",
    sql: `
      SELECT o."id" AS subject, o."kind" || ' of ' || o."item" || ' is settled as intended' AS what
      FROM "OnceCall" o WHERE o."settledAt" IS NOT NULL AND o."outcome" = 'intended' ORDER BY subject`,
  },
  {
    check: "once_calls",
    severity: "notice",
    sql: `
      SELECT o."id" AS subject, o."kind" || ' of ' || o."item" || ' on ' || o."subject" || ' is open since '
        || ${SINCE('o."intendedAt"')} || ': its outcome is looked for before anything is repeated' AS what
      FROM "OnceCall" o WHERE o."settledAt" IS NULL ORDER BY o."intendedAt"`,
  },
  {
    check: "once_calls",
    severity: "notice",
    sql: `
      SELECT o."id" AS subject, o."kind" || ' of ' || o."item" || ' has an open call that no open step waits for' AS what
      FROM "OnceCall" o WHERE o."settledAt" IS NULL AND NOT EXISTS (
        SELECT FROM "MigrationStep" s WHERE s."id" = o."stepId" AND s."status" NOT IN ${OVER})
      ORDER BY o."intendedAt"`,
  },
  {
    check: "steps",
    severity: "notice",
    sql: `
      SELECT s."id" AS subject, s."kind" || ' of migration ' || s."migrationId" || ' is ' || s."status"
        || ' and nobody has it: the engine takes it up' AS what
      FROM "MigrationStep" s JOIN "Migration" m ON m."id" = s."migrationId"
      WHERE s."status" = 'running' AND s."claimedBy" IS NULL AND m."status" <> 'cancelled' ORDER BY subject`,
  },
  {
    check: "steps",
    severity: "notice",
    sql: `
      SELECT s."id" AS subject, s."kind" || ' of migration ' || s."migrationId" || ' is held by ' || s."claimedBy"
        || coalesce(', last heard of ' || ${SINCE('s."heartbeatAt"')}, '') AS what
      FROM "MigrationStep" s WHERE s."claimedBy" IS NOT NULL AND s."status" NOT IN ${OVER} ORDER BY subject`,
  },
];

/** The rules above, in a store whose migrations are this program's. */
export async function checkRecords(ask: Ask): Promise<StoreFinding[]> {
  const findings: StoreFinding[] = [];
  for (const { check, severity, sql } of RULES) {
    const rows = await ask(sql, z.object({ subject: z.string(), what: z.string() }));
    if ("failed" in rows) findings.push({ check, severity: "damage", subject: "store", what: rows.failed });
    else findings.push(...rows.map((row) => ({ check, severity, ...row })));
  }
  return findings;
}
