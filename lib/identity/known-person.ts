import type { Role } from "@/lib/contracts/system";

/** Somebody, as who keeps their name elsewhere knows them at this moment. */
export interface KnownPerson {
  /** Never given to anybody else there: `sub` of OpenID Connect; a directory's own id of the entry. */
  subject: string;
  /** As they are called there; it may change. */
  name: string;
  /** What their groups give them here; null: they have no business here. */
  role: Role | null;
}
