import { PGlite } from "@electric-sql/pglite";
import { migrateStore } from "@/lib/store/migrate-store";
import { PGliteAdapterFactory } from "@/lib/store/pglite-adapter";
import { diffToSchema } from "@/lib/store/schema-engine";

/** SQL that `prisma/migrations` lacks to reach `schema.prisma`; null when they agree. Works on a database in memory. */
export async function diffMigrations(projectRoot: string): Promise<string | null> {
  const pglite = await PGlite.create();
  try {
    const adapter = new PGliteAdapterFactory(pglite);
    await migrateStore(projectRoot, {
      adapter,
      run: async (sql) => (await pglite.exec(sql)).at(-1)?.rows ?? [],
    });
    return await diffToSchema(projectRoot, adapter);
  } finally {
    await pglite.close();
  }
}
