import { z } from "zod";
import type { PrismaClient } from "./generated/client";

const Counted = z.tuple([z.object({ jobs: z.number() })]);

/** For benchmarks: rows of the queue of a store on PostgreSQL, also of what is over. */
export async function countJobs(db: Pick<PrismaClient, "$queryRawUnsafe">): Promise<number> {
  const rows: unknown = await db.$queryRawUnsafe(
    "SELECT ((SELECT count(*) FROM pgboss.job) + (SELECT count(*) FROM pgboss.archive))::int AS jobs",
  );
  return Counted.parse(rows)[0].jobs;
}
