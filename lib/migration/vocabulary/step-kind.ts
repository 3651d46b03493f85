export const STEP_NATURE_NAMES = ["repeatable", "resumable", "once"] as const;
export type StepNature = (typeof STEP_NATURE_NAMES)[number];

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
