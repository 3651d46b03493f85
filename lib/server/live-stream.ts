import type { Ctx } from "@/lib/context/context";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import { isStillSignedIn } from "@/lib/services/people/find-session";
import { type EventFeed, eventStream } from "./event-stream";
import { lastEventIdOf } from "./last-event-id";
import { CLIENT_HEADER, OpenStreams } from "./open-streams";

/** Of all live pages of this process, whatever they show. */
const streams = new OpenStreams();

/** How often a session is asked for while its stream is open. */
const SESSION_MS = 2_000;

/**
 * Answers a request with a live stream for as long as whoever opened it is signed in. `about` names in the log what it was of.
 * Throws `rate_limited` where no more may be open.
 */
export function liveStream(
  ctx: Ctx,
  request: Request,
  { feed, pollMs, about }: { feed: EventFeed; pollMs?: number; about: Readonly<Record<string, string>> },
): Response {
  // Where nobody signs in everybody is the same person.
  const who = ctx.system.signIn === "off" ? (request.headers.get(CLIENT_HEADER) ?? "") : ctx.actor.id;
  const leave = streams.enter(who);
  let askedMs = performance.now();
  return eventStream({
    feed: {
      look: async () => {
        if (performance.now() - askedMs >= SESSION_MS) {
          askedMs = performance.now();
          if (!(await isStillSignedIn({ ctx }))) throw new AppError("unauthorized", "sign_in_needed");
        }
        return feed.look();
      },
      eventsAfter: feed.eventsAfter,
    },
    ...(pollMs === undefined ? {} : { pollMs }),
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
