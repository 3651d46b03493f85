import { ROLES, type Role } from "@/lib/contracts/system";

/** Groups by the role that they give. */
export type RoleRules = Readonly<Record<Role, readonly string[]>>;

/** Stands for whoever can sign in there. */
export const EVERYBODY = "*";

/**
 * The most that somebody's groups give them; null: nothing. `same` compares a group of theirs with one of the rules: names as they
 * are written, unless said.
 */
export function roleOfGroups(
  groups: readonly string[],
  rules: RoleRules,
  same: (group: string, named: string) => boolean = (group, named) => group === named,
): Role | null {
  const gives = (role: Role) =>
    rules[role].some((named) => named === EVERYBODY || groups.some((group) => same(group, named)));
  return ROLES.findLast(gives) ?? null;
}
