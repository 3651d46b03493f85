import { unreadableIn } from "@/lib/store/read-column";
import type { Ctx } from "./context";

/** A row that another version wrote: it must not keep the others from their look. */
const isOfOtherVersion = (error: unknown): boolean => unreadableIn(error) !== null;

/**
 * One look of a watch at one migration. What `isPassedOver` says of an error keeps it from nobody else: it is logged, and the next
 * look has it; null then. Any other error is thrown.
 * @param name Of the watch, for the log.
 */
export async function passOver<T>(
  ctx: Pick<Ctx, "log">,
  { name, migrationId }: { name: string; migrationId: string },
  look: () => Promise<T>,
  isPassedOver: (error: unknown) => boolean = isOfOtherVersion,
): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (!isPassedOver(error)) throw error;
    ctx.log.warn({ err: error, migrationId }, `${name}: passed over`);
    return null;
  }
}
