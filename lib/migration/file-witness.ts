import { z } from "zod";
import { SEALS, WITNESSES } from "./vocabulary/witness";

/** Whose word the facts of a backup file are. */
export const FileWitness = z.object({
  by: z.enum(WITNESSES),
  /** The person whose word it is, or who let an encrypted file go on; null where nobody was asked. */
  who: z.string().nullable(),
});
export type FileWitness = z.infer<typeof FileWitness>;

export const BY_BYTES: FileWitness = { by: "bytes", who: null };

/**
 * A backup that cannot be read here, and about which a person is asked. `told`: who said what it is, where only whether it
 * may go on is asked (an encrypted one: RDS needs its certificate); null: nobody knows.
 */
export const UnreadFile = z.object({ seal: z.enum(SEALS), told: z.enum(["server", "history"]).nullable() });
export type UnreadFile = z.infer<typeof UnreadFile>;
