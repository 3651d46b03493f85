import { WaveAction, WaveView } from "@/lib/contracts/wave";
import { IdParams } from "@/lib/server/params";
import { proofOfWaveAction } from "@/lib/server/proof-of-action";
import { route } from "@/lib/server/route";
import { actOnWave } from "@/lib/services/wave/act-on-wave";

export const POST = route({
  role: "operator",
  params: IdParams,
  body: WaveAction,
  proof: proofOfWaveAction,
  output: WaveView,
  handler: ({ ctx, params, body }) => actOnWave({ ctx, input: { waveId: params.id, action: body } }),
});
