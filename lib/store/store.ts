import type { PrismaClient } from "@/lib/store/generated/client";

/** An open store, whichever database it lies in. */
export interface Store {
  db: PrismaClient;
  kind: "embedded" | "postgresql";
  /**
   * Raw SQL, as pg-boss's `db` option wants it: one statement with `$1` values, or a whole script without values
   * (then the last result's rows). Embedded, never call it while a transaction of `db` waits for it: they share
   * the one connection.
   */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Safe to call twice. */
  close(): Promise<void>;
}
