import type { PGlite } from "@electric-sql/pglite";
import { PrismaClient } from "@/lib/store/generated/client";
import { migrateStore } from "@/lib/store/migrate-store";
import { PGliteAdapterFactory } from "@/lib/store/pglite-adapter";
import type { Store } from "@/lib/store/store";
import { TRANSACTION_OPTIONS } from "@/lib/store/transaction-options";

/** A migrated store on an open PGlite, which `close` closes. `afterClose` runs last. */
export async function storeOnPGlite(
  projectRoot: string,
  pglite: PGlite,
  afterClose: () => Promise<void> = () => Promise.resolve(),
): Promise<Store> {
  const executeSql: Store["executeSql"] = async (text, values) => {
    if (values !== undefined && values.length > 0) return pglite.query(text, values);
    return (await pglite.exec(text)).at(-1) ?? { rows: [] };
  };
  const adapter = new PGliteAdapterFactory(pglite);
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
