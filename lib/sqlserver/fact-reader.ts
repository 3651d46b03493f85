import type { StatementName } from "./load-statement";
import type { Row, StatementRun } from "./run-statement";
import type { ServerVersion } from "./server-version";

/** How a statement of lib/sqlserver/sql reaches the server. */
export interface FactReader {
  read(
    name: StatementName,
    parameters?: StatementRun["parameters"],
    substitutions?: Readonly<Record<string, string>>,
  ): Promise<Row[]>;
  version(): Promise<ServerVersion>;
  /** The name as sys.databases spells it, quoted; throws `not_found`. */
  quoteExisting(name: string): Promise<string>;
}
