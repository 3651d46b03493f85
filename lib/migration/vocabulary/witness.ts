/**
 * Who says what a backup file is, the best first: its own bytes; SQL Server, which was asked to read it where it lies
 * (RESTORE HEADERONLY); the history in msdb; a person. Texts are `files.witness.<name>`.
 */
export const WITNESSES = ["bytes", "server", "history", "person"] as const;

/** What leaves the bytes of a backup unreadable here, although nothing is wrong with it. */
export const SEALS = ["encrypted", "unsupported_container"] as const;
export type Seal = (typeof SEALS)[number];

/** Whether an unreadable file is a backup all the same: others may be able to say what it is. */
export function isSeal(code: string): code is Seal {
  return SEALS.some((seal) => seal === code);
}
