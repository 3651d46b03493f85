import { z } from "zod";
import { USER_ACCESSES } from "@/lib/diagnosis/user-access";
import { CUSTODY_HOWS, RELEASE_WHYS } from "./vocabulary/custody";

/**
 * That a migration has closed its source, or may have: committed before the statement that closes it, removed only when the
 * server itself said that the database is ONLINE and lets in whom it let in before.
 */
export const SourceCustody = z.object({
  since: z.iso.datetime(),
  /** Kind of the step that closed it. */
  step: z.enum(["stop_writes", "backup"]),
  how: z.enum(CUSTODY_HOWS),
  /** As the server said before. */
  before: z.object({ state: z.string(), userAccess: z.enum(USER_ACCESSES), readOnly: z.boolean() }),
});
export type SourceCustody = z.infer<typeof SourceCustody>;

/** What is written down before a database is closed, from what the server says of it. */
export function custodyOf(
  { state, userAccess, readOnly }: SourceCustody["before"],
  closing: Omit<SourceCustody, "before">,
): SourceCustody {
  return { ...closing, before: { state, userAccess, readOnly } };
}

/** What a person asked for: read by everything that plans, claims or commits, until the source is given back. */
export const ReleaseRequest = z.object({ why: z.enum(RELEASE_WHYS), by: z.string(), at: z.iso.datetime() });
export type ReleaseRequest = z.infer<typeof ReleaseRequest>;
