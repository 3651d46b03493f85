/**
 * What a crash in the middle of a step means: do it again (`repeatable`), go on from what is there (`resumable`), or look
 * for the effect before trying again (`once`).
 */
export const STEP_NATURES = ["repeatable", "resumable", "once"] as const;
export type StepNature = (typeof STEP_NATURES)[number];
