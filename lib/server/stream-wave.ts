import type { Ctx } from "@/lib/context/context";
import { readWavePulse, readWavePulses, type WavePulse } from "@/lib/services/wave/read-wave-pulse";
import { liveStream } from "./live-stream";
import { beatPerStore, type FeedState } from "./stream-beat";

const beatOf = beatPerStore((ctx) => ({
  // Many rows stand behind one picture: it is looked at half as often as one migration.
  pollMs: 500,
  look: async (waveIds) => {
    const pulses = await readWavePulses({ ctx, input: { waveIds } });
    return new Map(
      Array.from(pulses, ([id, pulse]) => [id, pulse instanceof Error ? pulse : stateOf(pulse)]),
    );
  },
}));

/** The live stream of one wave: `changed`, and nothing else. The first look comes before the answer, so that a wrong id is a 404. */
export async function streamWave(ctx: Ctx, waveId: string, request: Request): Promise<Response> {
  const first = stateOf(await readWavePulse({ ctx, input: { waveId } }));
  return liveStream(ctx, request, {
    beat: beatOf(ctx),
    id: waveId,
    first,
    eventsAfter: () => Promise.resolve([]),
    about: { waveId },
  });
}

function stateOf({ version }: WavePulse): FeedState {
  return { version, lastSeq: 0, gauges: "" };
}
