import { WaveView } from "@/lib/contracts/wave";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { planWave } from "@/lib/services/wave/plan-members";

export const POST = route({
  role: "operator",
  params: IdParams,
  output: WaveView,
  handler: ({ ctx, params }) => planWave({ ctx, input: { waveId: params.id } }),
});
