/** The one vocabulary of migrations and steps. Texts, tones and glyphs are in components/status and i18n. */
export const STATUSES = [
  "draft",
  "pending",
  "queued",
  "running",
  "waiting_external",
  "waiting_for_backup",
  "waiting_for_user",
  "retrying",
  "succeeded",
  "failed",
  "refused",
  "cancelling",
  "cancelled",
  "skipped",
  "unknown",
] as const;

export type Status = (typeof STATUSES)[number];

/** Where a migration stands on its way. */
export const PHASES = ["draft", "preflight", "full", "rounds", "cutover", "open", "check", "online"] as const;
export type Phase = (typeof PHASES)[number];

export type StepNature = "repeatable" | "resumable" | "once";

/**
 * Kinds of step, each with its nature. `backup`, `import`, `open` are *once*: intent first, and after a crash look
 * for the effect before trying again.
 */
export const STEP_NATURES = {
  preflight: "repeatable",
  backup: "once",
  find_file: "repeatable",
  upload: "resumable",
  inspect: "repeatable",
  import: "once",
  await_import: "repeatable",
  stop_writes: "repeatable",
  open: "once",
  await_open: "repeatable",
  await_check: "repeatable",
} as const satisfies Record<string, StepNature>;

export type StepKind = keyof typeof STEP_NATURES;

export type MigrationMethod = "access_pending" | "immediate";
/**
 * `shared_folder`: backups lie in a folder this process reads. `browser`: people drop files on the migration's page.
 * `bucket_watch`: files reach the bucket by other means.
 */
export type Transport = "shared_folder" | "browser" | "bucket_watch";
/** `app`: Chainferry takes backups through SQL Server. `others`: files appear by themselves. */
export type BackupBy = "app" | "others";
