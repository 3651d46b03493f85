const SYSTEM_NAMES = new Set(["master", "model", "msdb", "tempdb", "distribution", "rdscore", "resource"]);

export const TARGET_NAME_PROBLEMS = ["missing", "system", "invalid"] as const;
export type TargetNameProblem = (typeof TARGET_NAME_PROBLEMS)[number];

/** The longest name that RDS takes for a database, in characters. */
export const LONGEST_TARGET_NAME = 64;

/** Why RDS would not take a name for a database; null: it would, as far as the name itself tells. Blanks around it do not count. */
export function targetNameProblem(name: string): TargetNameProblem | null {
  const database = name.trim();
  if (database === "") return "missing";
  if (SYSTEM_NAMES.has(database.toLowerCase())) return "system";
  return /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(database) ? null : "invalid";
}

/** SQL Server's names are compared without case on nearly every server. Null is the same as nothing. */
export function sameName(left: string | null, right: string | null): boolean {
  return left !== null && right !== null && left.toLowerCase() === right.toLowerCase();
}
