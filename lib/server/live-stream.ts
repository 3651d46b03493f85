import type { Ctx } from "@/lib/context/context";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import { isStillSignedIn } from "@/lib/services/people/find-session";
import { eventStream, type StreamOptions } from "./event-stream";
import { lastEventIdOf } from "./last-event-id";
import { CLIENT_HEADER, OpenStreams } from "./open-streams";

/** Of all live pages of this process, whatever they show. */
const streams = new OpenStreams();

/**
 * Answers a request with a live stream for as long as whoever opened it is signed in. `about` names in the log what it was of.
 * Throws `rate_limited` where no more may be open.
 */
export function liveStream(
  ctx: Ctx,
  request: Request,
  {
    about,
    ...what
  }: Pick<StreamOptions, "beat" | "id" | "first" | "eventsAfter"> & {
    about: Readonly<Record<string, string>>;
  },
): Response {
  // Where nobody signs in everybody is the same person.
  const who = ctx.system.signIn === "off" ? (request.headers.get(CLIENT_HEADER) ?? "") : ctx.actor.id;
  const leave = streams.enter(who);
  return eventStream({
    ...what,
    askLeave: async () => {
      if (!(await isStillSignedIn({ ctx }))) throw new AppError("unauthorized", "sign_in_needed");
    },
    lastEventId: lastEventIdOf(request),
    signal: request.signal,
    onEnd: leave,
    onError: (error) => {
      if (isAppError(error) && error.fields.code === "unauthorized") return;
      const text = error instanceof Error ? error.name : typeof error;
      ctx.log.error({ ...about, error: text }, "event stream ended");
    },
  });
}
