import type { Ctx } from "@/lib/context/context";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import { readMissedEvents, readPulse } from "@/lib/services/event/read-pulse";
import { isStillSignedIn } from "@/lib/services/people/find-session";
import { eventStream } from "./event-stream";
import { lastEventIdOf } from "./last-event-id";
import { CLIENT_HEADER, OpenStreams } from "./open-streams";

const streams = new OpenStreams();

/** Of so many looks one also asks whether the session is still there: every two seconds. */
const LOOKS_A_SESSION = 8;

/** The live stream of one migration. The first look comes before the answer, so that a wrong id is a 404. */
export async function streamMigration(ctx: Ctx, migrationId: string, request: Request): Promise<Response> {
  await readPulse({ ctx, input: { migrationId } });
  // Where nobody signs in everybody is the same person.
  const who = ctx.system.signIn === "off" ? (request.headers.get(CLIENT_HEADER) ?? "") : ctx.actor.id;
  const leave = streams.enter(who);
  let looks = 0;
  return eventStream({
    feed: {
      look: async () => {
        looks += 1;
        if (looks % LOOKS_A_SESSION === 0 && !(await isStillSignedIn({ ctx })))
          throw new AppError("unauthorized", "sign_in_needed");
        return readPulse({ ctx, input: { migrationId } });
      },
      eventsAfter: (after) => readMissedEvents({ ctx, input: { migrationId, after } }),
    },
    lastEventId: lastEventIdOf(request),
    signal: request.signal,
    onEnd: leave,
    onError: (error) => {
      if (isAppError(error) && error.fields.code === "unauthorized") return;
      const text = error instanceof Error ? error.name : typeof error;
      ctx.log.error({ migrationId, error: text }, "event stream ended");
    },
  });
}
