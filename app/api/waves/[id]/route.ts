import { WaveView } from "@/lib/contracts/wave";
import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { deleteWave } from "@/lib/services/wave/delete-wave";
import { getWave } from "@/lib/services/wave/get-wave";

export const GET = route({
  role: "viewer",
  params: IdParams,
  output: WaveView,
  handler: ({ ctx, params }) => getWave({ ctx, input: { waveId: params.id } }),
});

export const DELETE = route({
  role: "operator",
  params: IdParams,
  output: null,
  handler: ({ ctx, params }) => deleteWave({ ctx, input: { waveId: params.id } }).then(noContent),
});
