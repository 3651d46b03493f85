import { editionOfEngine, releaseOfEngine } from "./server-release";

/** From 2016 SP1 every edition opens these (sys.dm_db_persisted_sku_features, remarks). */
const FREED_2016 = new Set([
  "Compression",
  "Partitioning",
  "ColumnStoreIndex",
  "InMemoryOLTP",
  "MultipleFSContainers",
]);

/**
 * Which of a database's edition-bound features an RDS engine version cannot open; `unknown` are those that no rule
 * names. https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-db-persisted-sku-features-transact-sql
 */
export function featuresRefused(
  features: readonly string[],
  engineVersion: string,
): { refused: string[]; unknown: string[] } {
  const edition = editionOfEngine(engineVersion);
  const year = Number.parseInt(releaseOfEngine(engineVersion)?.label ?? "", 10);
  if (edition === "enterprise" || edition === "cluster") return { refused: [], unknown: [] };
  if (edition === null || Number.isNaN(year)) return { refused: [], unknown: [...features] };
  const refused: string[] = [];
  const unknown: string[] = [];
  for (const feature of features) {
    if (year < 2016) refused.push(feature);
    else if (feature === "ChangeCapture") {
      if (edition === "web") refused.push(feature);
    } else if (feature === "TransparentDataEncryption") {
      if (edition === "web" || year < 2019) refused.push(feature);
    } else if (!FREED_2016.has(feature)) unknown.push(feature);
  }
  return { refused, unknown };
}
