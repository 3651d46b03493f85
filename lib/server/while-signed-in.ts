import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { isStillSignedIn } from "@/lib/services/people/find-session";

const LOOK_MS = 2_000;

/**
 * Work that takes as long as somebody's line needs: its signal ends with the request, and with the session that it began in. Throws AppError
 * `unauthorized` then, whatever the work says of being ended.
 */
export async function whileSignedIn<T>(
  ctx: Ctx,
  request: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  everyMs = LOOK_MS,
): Promise<T> {
  const ended = new AbortController();
  const timer = setInterval(() => {
    // A store that does not answer ends nothing.
    void isStillSignedIn({ ctx }).then(
      (isThere) => {
        if (!isThere) ended.abort();
      },
      () => undefined,
    );
  }, everyMs);
  try {
    return await work(AbortSignal.any([request, ended.signal]));
  } catch (error) {
    throw ended.signal.aborted ? new AppError("unauthorized", "sign_in_needed") : error;
  } finally {
    clearInterval(timer);
  }
}
