import type { PlannedStep } from "./snapshot";

/** What tells a step of a migration from the others: `upload:3` of round 3, `open#17` of the cutover, `preflight`. */
export function stepKeyOf(planned: Pick<PlannedStep, "kind" | "round">, ordinal: number): string {
  if (planned.round !== null) return `${planned.kind}:${planned.round}`;
  // Cutover steps may come again after going back.
  return planned.kind === "preflight" ? planned.kind : `${planned.kind}#${ordinal}`;
}

/** The round in a step's key, `upload:3` -> 3; null when it belongs to none. */
export function roundOfKey(key: string): number | null {
  const match = /:(\d+)$/.exec(key);
  return match ? Number(match[1]) : null;
}
