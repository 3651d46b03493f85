import { z } from "zod";
import type { Session } from "./migrate-store";

/** What a start after a kill has to go through again, at most, beside what is written until the next look. */
export const MOST_WAL_BYTES = 32 * 1_048_576;

const Since = z.tuple([z.object({ bytes: z.coerce.number() })]);

/**
 * Writes a checkpoint where more than `mostBytes` of the write-ahead log came since the last one; whether it did. PostgreSQL in one process
 * writes none by itself while it runs: only its postmaster's children ask for one (XLogWrite in src/backend/access/transam/xlog.c of PostgreSQL 18),
 * so that the log would grow, and a start after a kill take longer, for as long as the process lives.
 */
export async function trimWal(run: Session["run"], mostBytes = MOST_WAL_BYTES): Promise<boolean> {
  const rows = await run(
    "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::text AS bytes FROM pg_control_checkpoint()",
  );
  const [{ bytes }] = Since.parse(rows);
  if (bytes <= mostBytes) return false;
  await run("CHECKPOINT");
  return true;
}
