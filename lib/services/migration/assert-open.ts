import { AppError } from "@/lib/diagnosis/app-error";
import type { WhyNot } from "@/lib/migration/vocabulary/why-not";
import type { ActionContext } from "./action-context";

const OVER: ReadonlySet<string> = new Set(["draft", "cancelled", "succeeded"]);

/** Throws `conflict`/`action_not_allowed` where the migration has not begun, or is over. */
export function assertOpen({ row }: Pick<ActionContext, "row">, action: string): void {
  if (!OVER.has(row.status)) return;
  const why: WhyNot = row.status === "draft" ? "not_started" : "over";
  throw new AppError("conflict", "action_not_allowed", { action, why });
}
