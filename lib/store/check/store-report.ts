import type { MigrationsStanding } from "@/lib/store/migrate-store";

/** What was looked at. */
export type StoreCheck =
  | "files"
  | "migrations"
  | "tables"
  | "indexes"
  | "references"
  | "events"
  | "once_calls"
  | "steps";

export interface StoreFinding {
  check: StoreCheck;
  /** `damage`: the store is not sound. `notice`: true of a sound store too, told because somebody may look for it. */
  severity: "damage" | "notice";
  /** The table, index, migration, call or step, by name or id. */
  subject: string;
  /** A clause about the subject. */
  what: string;
}

export interface StoreReport {
  kind: "embedded" | "postgresql";
  /** The folder of the embedded store; the server's host and port. */
  place: string;
  /** No finding is damage. */
  sound: boolean;
  migrations: MigrationsStanding;
  /** Rows by table, of the tables that could be read. */
  counts: Record<string, number>;
  findings: StoreFinding[];
}
