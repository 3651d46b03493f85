import { z } from "zod";
import type { Session } from "./migrate-store";

/** Of so many rows that nobody sees any more, and so much of those that are there: https://www.postgresql.org/docs/18/routine-vacuuming.html#AUTOVACUUM */
const DEAD = { rows: 50, share: 0.2 };
/** Rows written since the planner's statistics were made. */
const CHANGED = { rows: 50, share: 0.1 };

const Due = z.array(z.object({ name: z.string(), dead: z.boolean() }));

/**
 * Does what PostgreSQL's autovacuum launcher does, a process that PostgreSQL in one process does not have: gives the place of dead rows back
 * and makes statistics anew, of the tables in which there is enough of it, each in a statement of its own, between which others have their turn. Without it
 * tables whose rows come and go grow for as long as there is the store. Returns their names, as SQL writes them.
 */
export async function vacuumTables(run: Session["run"]): Promise<string[]> {
  // A backend that never idles in the server's own loop never tells what it has counted: pgstat_report_stat in src/backend/tcop/postgres.c.
  await run("SELECT pg_stat_force_next_flush()");
  const due = Due.parse(
    await run(`SELECT format('%I.%I', schemaname, relname) AS "name",
        n_dead_tup > ${DEAD.rows} + ${DEAD.share} * n_live_tup AS "dead"
      FROM pg_stat_user_tables
      WHERE n_dead_tup > ${DEAD.rows} + ${DEAD.share} * n_live_tup
        OR n_mod_since_analyze > ${CHANGED.rows} + ${CHANGED.share} * n_live_tup`),
  );
  for (const { name, dead } of due) await run(`${dead ? "VACUUM (ANALYZE)" : "ANALYZE"} ${name}`);
  return due.map(({ name }) => name);
}
