import { z } from "zod";
import type { StoreFinding } from "./store-report";

/** One statement inside a transaction that goes on when it fails. */
export type Ask = <S extends z.ZodType>(sql: string, row: S) => Promise<z.output<S>[] | { failed: string }>;

const Table = z.object({ oid: z.number(), name: z.string(), quoted: z.string() });
type Table = z.output<typeof Table>;
const Rows = z.object({ rows: z.number() });

const TABLES = `
  SELECT c.oid::int AS oid, format('%I.%I', n.nspname, c.relname) AS quoted,
    CASE n.nspname WHEN 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname IN ('public', 'pgboss') ORDER BY name`;

/** An index on a part of the rows can't be compared with their number. */
const indexesOf = (table: Table) => `
  SELECT i.indexrelid::regclass::text AS name,
    (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true), ', ' ORDER BY k)
     FROM generate_series(1, i.indnkeyatts::int) k) AS columns
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
  WHERE i.indrelid = ${table.oid} AND i.indpred IS NULL AND a.amname = 'btree' ORDER BY name`;

const REFERENCES = `
  SELECT con.conname::text AS name, con.conrelid::regclass::text AS child, con.confrelid::regclass::text AS parent,
    string_agg(format('p.%I = c.%I', pa.attname, ca.attname), ' AND ') AS same,
    string_agg(format('c.%I IS NOT NULL', ca.attname), ' AND ') AS given
  FROM pg_constraint con
  CROSS JOIN LATERAL unnest(con.conkey, con.confkey) AS k(child, parent)
  JOIN pg_attribute ca ON ca.attrelid = con.conrelid AND ca.attnum = k.child
  JOIN pg_attribute pa ON pa.attrelid = con.confrelid AND pa.attnum = k.parent
  WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace
  GROUP BY con.oid, con.conname, con.conrelid, con.confrelid ORDER BY name`;

/** The heap itself is read, not an index that may know more or less than it. */
const HEAP =
  "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off;";
const INDEX =
  "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off; " +
  "SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on;";

/**
 * Reads each table to the end, every value of it (PostgreSQL compares the checksums of its pages), then follows each index:
 * one that counts other rows than its table shows a file that was cut short, which PostgreSQL itself takes for a small
 * table. Then it looks for rows that refer to none.
 */
export async function readEverything(
  ask: Ask,
): Promise<{ counts: Record<string, number>; findings: StoreFinding[] }> {
  const counts: Record<string, number> = {};
  const findings: StoreFinding[] = [];
  const tables = await ask(TABLES, Table);
  if ("failed" in tables) {
    findings.push({ check: "tables", severity: "damage", subject: "pg_class", what: tables.failed });
    return { counts, findings };
  }
  for (const table of tables) {
    const read = await ask(
      `${HEAP} SELECT count(*)::int AS rows, sum(length(t::text))::text AS characters FROM ${table.quoted} t`,
      Rows,
    );
    if ("failed" in read) {
      findings.push({ check: "tables", severity: "damage", subject: table.name, what: read.failed });
      continue;
    }
    const rows = read[0]?.rows ?? 0;
    counts[table.name] = rows;
    findings.push(...(await followIndexes(ask, table, rows)));
  }
  // Every further question would only meet the same file again.
  if (findings.length === 0) findings.push(...(await findOrphans(ask)));
  return { counts, findings };
}

async function followIndexes(ask: Ask, table: Table, rows: number): Promise<StoreFinding[]> {
  const damage = (subject: string, what: string): StoreFinding => ({
    check: "indexes",
    severity: "damage",
    subject,
    what,
  });
  const indexes = await ask(indexesOf(table), z.object({ name: z.string(), columns: z.string() }));
  if ("failed" in indexes) return [damage(table.name, indexes.failed)];
  const findings: StoreFinding[] = [];
  for (const { name, columns } of indexes) {
    const sql = `${INDEX} SELECT count(*)::int AS rows FROM (SELECT 1 FROM ${table.quoted} ORDER BY ${columns} OFFSET 0) o`;
    const read = await ask(sql, Rows);
    if ("failed" in read) findings.push(damage(name, read.failed));
    else if (read[0]?.rows !== rows) {
      findings.push(damage(name, `leads to ${read[0]?.rows} rows, ${table.name} has ${rows}`));
    }
  }
  return findings;
}

async function findOrphans(ask: Ask): Promise<StoreFinding[]> {
  const check = "references";
  const text = z.string();
  const references = await ask(
    REFERENCES,
    z.object({ name: text, child: text, parent: text, same: text, given: text }),
  );
  if ("failed" in references) {
    return [{ check, severity: "damage", subject: "pg_constraint", what: references.failed }];
  }
  const findings: StoreFinding[] = [];
  for (const { name, child, parent, same, given } of references) {
    const read = await ask(
      `${HEAP} SELECT count(*)::int AS rows FROM ${child} c
       WHERE ${given} AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${same})`,
      Rows,
    );
    const what =
      "failed" in read
        ? read.failed
        : `${read[0]?.rows ?? 0} rows of ${child} refer to rows that ${parent} lacks`;
    if ("failed" in read || read[0]?.rows !== 0) {
      findings.push({ check, severity: "damage", subject: name, what });
    }
  }
  return findings;
}
