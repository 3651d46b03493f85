import type { Ctx } from "@/lib/context/context";
import { readMissedEvents, readPulse, readPulses } from "@/lib/services/event/read-pulse";
import { liveStream } from "./live-stream";
import { beatPerStore } from "./stream-beat";

const beatOf = beatPerStore((ctx) => ({
  pollMs: 250,
  look: (migrationIds) => readPulses({ ctx, input: { migrationIds } }),
}));

/** The live stream of one migration. The first look comes before the answer, so that a wrong id is a 404. */
export async function streamMigration(ctx: Ctx, migrationId: string, request: Request): Promise<Response> {
  const first = await readPulse({ ctx, input: { migrationId } });
  return liveStream(ctx, request, {
    beat: beatOf(ctx),
    id: migrationId,
    first,
    eventsAfter: (after, upTo) => readMissedEvents({ ctx, input: { migrationId, after, upTo } }),
    about: { migrationId },
  });
}
