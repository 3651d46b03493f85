import { WaveInput, WaveView } from "@/lib/contracts/wave";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { saveWave } from "@/lib/services/wave/save-wave";

export const PUT = route({
  role: "operator",
  params: IdParams,
  body: WaveInput,
  output: WaveView,
  handler: ({ ctx, params, body }) => saveWave({ ctx, input: { waveId: params.id, wave: body } }),
});
