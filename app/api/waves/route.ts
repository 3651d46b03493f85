import { WaveInput, WaveListView, WaveView } from "@/lib/contracts/wave";
import { route } from "@/lib/server/route";
import { listWaves } from "@/lib/services/wave/list-waves";
import { saveWave } from "@/lib/services/wave/save-wave";

export const GET = route({
  role: "viewer",
  output: WaveListView,
  handler: ({ ctx }) => listWaves({ ctx, input: {} }),
});

export const POST = route({
  role: "operator",
  body: WaveInput,
  output: WaveView,
  status: 201,
  handler: ({ ctx, body }) => saveWave({ ctx, input: { waveId: null, wave: body } }),
});
