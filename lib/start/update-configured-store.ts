import { openStore } from "@/lib/store/open-store";
import type { Config } from "./config";
import { storePlace } from "./store-place";

/**
 * Brings the configured store up to date, for which its owner is needed, and lets a role of PostgreSQL run the product with no more rights
 * than that takes (`leastRightsSql`). Throws Error for a role where there are none, and what `openStore` throws.
 */
export async function updateConfiguredStore(
  config: Config,
  { grant }: { grant: string | null },
): Promise<{ kind: "embedded" | "postgresql"; statements: string | null }> {
  if (grant !== null && config.databaseUrl === null)
    throw new Error("--grant needs DATABASE_URL: the embedded database has no roles.");
  const store = await openStore(storePlace(config));
  try {
    if (grant === null) return { kind: store.kind, statements: null };
    const { leastRightsSql } = await import("@/lib/store/least-rights");
    const statements = leastRightsSql(grant);
    await store.executeSql(statements);
    return { kind: store.kind, statements };
  } finally {
    await store.close();
  }
}
