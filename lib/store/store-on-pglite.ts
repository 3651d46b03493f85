import type { PGlite } from "@electric-sql/pglite";
import { PrismaClient } from "@/lib/store/generated/client";
import { migrateStore } from "@/lib/store/migrate-store";
import { PGliteAdapterFactory } from "@/lib/store/pglite-adapter";
import { PreparedQueries } from "@/lib/store/prepared-queries";
import type { Store } from "@/lib/store/store";
import { TRANSACTION_OPTIONS } from "@/lib/store/transaction-options";

/** A migrated store on an open PGlite, which `close` closes. `afterClose` runs last. */
export async function storeOnPGlite(
  projectRoot: string,
  pglite: PGlite,
  afterClose: () => Promise<void> = () => Promise.resolve(),
): Promise<Store> {
  // A plan that is kept is never thought over: one made while a table was empty would scan it when it is large.
  await pglite.exec("SET plan_cache_mode = force_custom_plan");
  const queries = new PreparedQueries(pglite);
  const executeSql: Store["executeSql"] = async (text, values) => {
    if (values !== undefined && values.length > 0) return queries.query(text, values);
    queries.forget();
    return (await pglite.exec(text)).at(-1) ?? { rows: [] };
  };
  const adapter = new PGliteAdapterFactory(pglite, queries);
  await migrateStore(projectRoot, { adapter, run: async (sql) => (await executeSql(sql)).rows });
  const db = new PrismaClient({ adapter, transactionOptions: TRANSACTION_OPTIONS });
  let closing: Promise<void> | null = null;
  const close = async () => {
    await db.$disconnect();
    await pglite.close();
    await afterClose();
  };
  return {
    db,
    kind: "embedded",
    executeSql,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
