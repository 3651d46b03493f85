import { join } from "node:path";
import { checkStore } from "@/lib/store/check/check-store";
import type { StoreReport } from "@/lib/store/check/store-report";
import type { Config } from "./config";

/** What `checkStore` says of the store that `startRuntime` would open. */
export function checkConfiguredStore(config: Config): Promise<StoreReport> {
  return checkStore({ databaseUrl: config.databaseUrl, folder: join(config.dataFolder, "store") });
}
