import { join } from "node:path";
import type { StoreOptions } from "@/lib/store/open-store";
import type { Config } from "./config";

/** Where the store is that the configuration names. */
export function storePlace({ databaseUrl, dataFolder }: Config): StoreOptions {
  return { databaseUrl, folder: join(dataFolder, "store") };
}
