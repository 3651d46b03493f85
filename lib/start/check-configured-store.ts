import { checkStore } from "@/lib/store/check/check-store";
import type { StoreReport } from "@/lib/store/check/store-report";
import type { Config } from "./config";
import { storePlace } from "./store-place";

/** What `checkStore` says of the store that `startRuntime` would open. */
export function checkConfiguredStore(config: Config): Promise<StoreReport> {
  return checkStore(storePlace(config));
}

/** Throws AppError `store_absent` where `startRuntime` would make an embedded store. */
export async function assertConfiguredStore(config: Config): Promise<void> {
  const { databaseUrl, folder } = storePlace(config);
  if (databaseUrl !== null) return;
  const { assertStoreThere } = await import("@/lib/store/open-embedded");
  await assertStoreThere(folder);
}
