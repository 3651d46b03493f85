import type { Role } from "@/lib/contracts/system";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Actor } from "./context";

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, administrator: 2 };

/** First line of every use case. Throws `forbidden` when the actor's role is less than the one needed. */
export function requireRole(actor: Actor, role: Role): void {
  if (RANK[actor.role] < RANK[role]) throw new AppError("forbidden", "role_required", { role });
}
