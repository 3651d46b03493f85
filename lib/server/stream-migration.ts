import type { Ctx } from "@/lib/context/context";
import { readMissedEvents, readPulse } from "@/lib/services/event/read-pulse";
import { eventStream } from "./event-stream";
import { lastEventIdOf } from "./last-event-id";
import { CLIENT_HEADER, OpenStreams } from "./open-streams";

const streams = new OpenStreams();

/** The live stream of one migration. The first look comes before the answer, so that a wrong id is a 404. */
export async function streamMigration(ctx: Ctx, migrationId: string, request: Request): Promise<Response> {
  await readPulse({ ctx, input: { migrationId } });
  const leave = streams.enter(request.headers.get(CLIENT_HEADER) ?? "");
  return eventStream({
    feed: {
      look: () => readPulse({ ctx, input: { migrationId } }),
      eventsAfter: (after) => readMissedEvents({ ctx, input: { migrationId, after } }),
    },
    lastEventId: lastEventIdOf(request),
    signal: request.signal,
    onEnd: leave,
    onError: (error) => {
      const text = error instanceof Error ? error.name : typeof error;
      ctx.log.error({ migrationId, error: text }, "event stream ended");
    },
  });
}
