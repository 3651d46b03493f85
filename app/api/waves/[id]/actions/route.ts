import { WaveAction, WaveView } from "@/lib/contracts/wave";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { actOnWave } from "@/lib/services/wave/act-on-wave";

export const POST = route({
  role: "operator",
  params: IdParams,
  body: WaveAction,
  output: WaveView,
  handler: ({ ctx, params, body }) => actOnWave({ ctx, input: { waveId: params.id, action: body } }),
});
