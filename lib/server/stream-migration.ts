import type { Ctx } from "@/lib/context/context";
import { readMissedEvents, readPulse } from "@/lib/services/event/read-pulse";
import { liveStream } from "./live-stream";

/** The live stream of one migration. The first look comes before the answer, so that a wrong id is a 404. */
export async function streamMigration(ctx: Ctx, migrationId: string, request: Request): Promise<Response> {
  await readPulse({ ctx, input: { migrationId } });
  return liveStream(ctx, request, {
    feed: {
      look: () => readPulse({ ctx, input: { migrationId } }),
      eventsAfter: (after, upTo) => readMissedEvents({ ctx, input: { migrationId, after, upTo } }),
    },
    about: { migrationId },
  });
}
