import type { Tone } from "@/components/ui/tone";
import type { ItemStage } from "@/lib/client/upload/upload-item";

export const STAGE_TONES: Record<ItemStage, Tone> = {
  reading: "neutral",
  judged: "warning",
  queued: "neutral",
  starting: "info",
  sending: "info",
  paused: "warning",
  completing: "info",
  completed: "success",
  elsewhere: "warning",
  failed: "danger",
};
