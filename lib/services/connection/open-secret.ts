import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Connection } from "@/lib/store/generated/client";
import { secretRow } from "./secret-row";

/** The stored secret in clear. Throws when the key it was sealed with is gone. */
export function secretOf(ctx: Pick<Ctx, "sealer">, row: Connection): string {
  try {
    return ctx.sealer.unseal(row.secretSealed, secretRow(row.id));
  } catch {
    throw new AppError("precondition_failed", "connection_secret_unreadable");
  }
}
