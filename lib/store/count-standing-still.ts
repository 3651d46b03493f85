import pg from "pg";

/** For benchmarks: sources of a store on PostgreSQL that stand still for a target that is not open yet. */
export async function countStandingStill(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query<{ still: number }>(
      'SELECT count(*)::int AS still FROM "Migration" WHERE "writesStoppedAt" IS NOT NULL AND "onlineAt" IS NULL',
    );
    return rows[0]?.still ?? 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}
