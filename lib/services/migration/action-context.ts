import type { MigrationRows } from "@/lib/store/migration-rows";
import type { Ctx, Tx } from "../context";

/** What every action gets: rows read inside the transaction that will change them. */
export interface ActionContext {
  ctx: Ctx;
  tx: Tx;
  row: MigrationRows;
}
