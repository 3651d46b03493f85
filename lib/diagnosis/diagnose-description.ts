interface Message {
  /** Texts `diagnosis.<key>.title`, `.cause`, `.check`, `.remedy`. */
  key: string;
  /** Variable parts as named groups: the params of the texts. */
  pattern: RegExp;
  /** Reports a success: shown without a remedy. */
  isGoodNews?: true;
}

/**
 * What a task's description can say: the messages of Alibaba's pages on full and incremental import. More particular ones
 * come first; spacing is lenient, because the real texts lack spaces here and there. A new message is an entry here and
 * its texts in two languages.
 */
export const MESSAGES = [
  {
    key: "database_exists",
    pattern: /the database \(?(?<database>.+?)\)? (?:is )?already exists? on rds/i,
  },
  {
    key: "differential_in_full_task",
    pattern:
      /backup set \(?(?<file>.+?)\)? is a database differential backup, *we only accept a full backup/i,
  },
  {
    key: "log_in_full_task",
    pattern: /backup set \(?(?<file>.+?)\)? is a transaction log backup, *we only accept a full backup/i,
  },
  {
    key: "full_in_waiting_task",
    pattern:
      /backup set \(?(?<file>.+?)\)? is a database full backup, *we only accept transaction log or differential/i,
  },
  {
    key: "file_corrupt_or_newer",
    pattern: /failed to verify (?<file>.+?), *backup file was corrupted or newer edition than rds/i,
  },
  {
    key: "checkdb_succeeded_async",
    pattern: /success(?:ful|fully)? to dbcc checkdb asynchronously/i,
    isGoodNews: true,
  },
  {
    key: "checkdb_failed_async",
    pattern:
      /asynchronously dbcc checkdb failed(?:: *checkdb found (?<allocationErrors>\d+) allocation errors and (?<consistencyErrors>\d+) consistency errors(?: in (?:table|database) '(?<table>[^']*)')?)?/i,
  },
  { key: "checkdb_failed", pattern: /dbcc checkdb failed/i },
  { key: "url_expired", pattern: /failed to download backup file since oss url was expired/i },
  {
    key: "disk_too_small_for_restore",
    pattern:
      /not enough disk space for restoring, *space left \(?(?<leftMb>[\d.]+) *mb\)? *< *needed \(?(?<neededMb>[\d.]+) *mb/i,
  },
  {
    key: "disk_too_small_for_file",
    pattern:
      /not enough disk space, *space left \(?(?<leftMb>[\d.]+) *mb\)? *< *bak file \(?(?<neededMb>[\d.]+) *mb/i,
  },
  {
    key: "no_init_account",
    pattern: /your rds doesn'?t have any init account yet(?:.*migrated database \((?<database>[^)]*)\))?/i,
  },
  {
    key: "log_too_recent",
    pattern: /begins at lsn (?<lsn>\d+|[\d:]+)?.*too recent to apply to the database/i,
  },
  {
    key: "other_database",
    pattern: /holds a backup of a database other than the existing ['‘"“]?(?<database>.+?)['’"”]? database/i,
  },
  {
    key: "database_count_limit",
    pattern: /the database \(?(?<database>.+?)\)? migration failed due to databases? count limitation/i,
  },
  { key: "open_failed", pattern: /failed to open database '?(?<database>[^'\s]+?)'?\.?(?:\s|$)/i },
] as const satisfies readonly Message[];

type KnownMessage = (typeof MESSAGES)[number];
export type DiagnosisKey = KnownMessage["key"];
/** The parts of each key's text that the pages show. */
export type DiagnosisTextKey =
  | `${DiagnosisKey}.title`
  | `${Exclude<KnownMessage, { isGoodNews: true }>["key"]}.${"cause" | "check" | "remedy"}`;

export interface Diagnosis {
  key: DiagnosisKey;
  params: Record<string, string>;
}

/** What a task's `Description` means; null when it is none of the documented messages. */
export function diagnoseDescription(text: string): Diagnosis | null {
  // One line: the pages wrap the messages differently.
  const line = text.replaceAll(/\s+/g, " ").trim();
  for (const { key, pattern } of MESSAGES) {
    const match = pattern.exec(line);
    if (!match) continue;
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries(match.groups ?? {})) params[name] = value ?? "";
    return { key, params };
  }
  return null;
}
