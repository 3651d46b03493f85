import type { Ctx, Tx } from "@/lib/context/context";
import type { MigrationRows } from "@/lib/store/migration-rows";

/** What every action gets: rows read inside the transaction that will change them. */
export interface ActionContext {
  ctx: Ctx;
  tx: Tx;
  row: MigrationRows;
}
