import { isDeepStrictEqual } from "node:util";
import type { MigrationDraft } from "@/lib/contracts/migration";

/** Where the guide stands and how its questions were answered: nothing of it is migrated. */
const OF_THE_GUIDE: ReadonlySet<string> = new Set(["step", "underHundredGb", "downtimeAccepted"]);

/** The choices in which two drafts differ, by their names. */
export function changedFields(reviewed: MigrationDraft, stored: MigrationDraft): (keyof MigrationDraft)[] {
  const names = Object.keys(stored).filter((name): name is keyof MigrationDraft => name in reviewed);
  return names.filter((name) => !OF_THE_GUIDE.has(name) && !isDeepStrictEqual(reviewed[name], stored[name]));
}
