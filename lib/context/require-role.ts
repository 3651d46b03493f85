import type { Role } from "@/lib/contracts/system";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Actor } from "./context";

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, administrator: 2 };

export type SignedIn = Exclude<Actor, { kind: "nobody" }>;

/**
 * First line of every use case. Throws `unauthorized` for nobody, `forbidden` when the actor's role is less than the one
 * needed.
 */
export function requireRole(actor: Actor, role: Role): asserts actor is SignedIn {
  if (actor.role === null) throw new AppError("unauthorized", "sign_in_needed");
  if (RANK[actor.role] < RANK[role]) throw new AppError("forbidden", "role_required", { role });
}
