import type { Ctx } from "@/lib/context/context";
import { readWavePulse, type WavePulse } from "@/lib/services/wave/read-wave-pulse";
import { liveStream } from "./live-stream";

/** Many rows stand behind one picture: it is looked at half as often as one migration. */
const POLL_MS = 500;

/** Several open pages of one wave share one look at the store. */
const SHARED_MS = POLL_MS * 0.8;
const looks = new WeakMap<Ctx["db"], Map<string, { atMs: number; pulse: Promise<WavePulse> }>>();

/** The live stream of one wave: `changed`, and nothing else. The first look comes before the answer, so that a wrong id is a 404. */
export async function streamWave(ctx: Ctx, waveId: string, request: Request): Promise<Response> {
  await look(ctx, waveId);
  return liveStream(ctx, request, {
    feed: {
      look: async () => ({ ...(await look(ctx, waveId)), lastSeq: 0, progress: [] }),
      eventsAfter: () => Promise.resolve([]),
    },
    pollMs: POLL_MS,
    about: { waveId },
  });
}

function look(ctx: Ctx, waveId: string): Promise<WavePulse> {
  const recent = looks.get(ctx.db) ?? new Map<string, { atMs: number; pulse: Promise<WavePulse> }>();
  looks.set(ctx.db, recent);
  const atMs = performance.now();
  for (const [id, one] of recent) if (atMs - one.atMs >= SHARED_MS) recent.delete(id);
  const known = recent.get(waveId);
  if (known) return known.pulse;
  const pulse = readWavePulse({ ctx, input: { waveId } });
  // A look that failed is shared as long, and not a moment longer.
  recent.set(waveId, { atMs, pulse });
  return pulse;
}
