import type { WantedBackup } from "@/lib/contracts/missing-backup";
import { quoteText, requireScriptName } from "@/lib/diagnosis/quote-sql";
import { loadStatement } from "@/lib/sqlserver/load-statement";

/** As many rows as a person wants to look through. */
const ROWS = 100;

/**
 * The statement that the product itself sends, with its parameters declared: to be run on whichever server may know. Null for a
 * database whose name no script can carry.
 */
export function historyScript(database: string, wanted: WantedBackup): string | null {
  try {
    requireScriptName(database);
  } catch {
    return null;
  }
  const { fromLsn, toLsn, baseGuid, baseLsn } = wanted;
  const declared =
    fromLsn === null
      ? [
          ["@db nvarchar(128)", database],
          ["@base_guid nvarchar(36)", baseGuid],
          ["@base_lsn nvarchar(25)", baseLsn],
        ]
      : [
          ["@db nvarchar(128)", database],
          ["@from nvarchar(25)", fromLsn],
          ["@to nvarchar(25)", toLsn],
        ];
  const lines = declared.map(([name, value]) => `${name} = ${literal(value ?? null)}`);
  const statement = loadStatement(fromLsn === null ? "find-full-backups" : "find-backups-in-range");
  return `DECLARE ${[...lines, `@limit int = ${ROWS}`].join(",\n        ")};\n${statement}`;
}

function literal(value: string | null): string {
  return value === null ? "NULL" : quoteText(value);
}
