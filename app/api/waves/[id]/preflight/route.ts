import { RunWavePreflightInput, WavePreflightView } from "@/lib/contracts/wave";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listWavePreflight, runWavePreflight } from "@/lib/services/wave/wave-preflight";

export const GET = route({
  role: "viewer",
  params: IdParams,
  output: WavePreflightView,
  handler: ({ ctx, params }) => listWavePreflight({ ctx, input: { waveId: params.id } }),
});

export const POST = route({
  role: "operator",
  params: IdParams,
  body: RunWavePreflightInput,
  output: WavePreflightView,
  handler: ({ ctx, params, body }) => runWavePreflight({ ctx, input: { waveId: params.id, ...body } }),
});
