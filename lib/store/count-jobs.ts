import { z } from "zod";
import { onOneConnection } from "./open-postgresql";

const Counted = z.tuple([
  z.object({ jobs: z.number(), queueBytes: z.coerce.number(), storeBytes: z.coerce.number() }),
]);

/**
 * For benchmarks: rows of the queue of a store on PostgreSQL, also of what is over, the bytes that its tables take, and those of
 * the whole database. Throws `store_unreachable`.
 */
export async function countJobs(
  databaseUrl: string,
): Promise<{ jobs: number; queueBytes: number; storeBytes: number }> {
  const rows = await onOneConnection(databaseUrl, ({ run }) =>
    run(
      `SELECT ((SELECT count(*) FROM pgboss.job) + (SELECT count(*) FROM pgboss.archive))::int AS jobs,
        (SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::text FROM pg_class
         WHERE relnamespace = 'pgboss'::regnamespace AND relkind = 'r') AS "queueBytes",
        pg_database_size(current_database())::text AS "storeBytes"`,
    ),
  );
  return Counted.parse(rows)[0];
}
