import { latePiece } from "@/components/late/late-piece";

export const ExplainDrawer = latePiece({
  texts: ["diagnosis", "error", "explanation", "records"],
  load: async () => (await import("./explain-drawer")).ExplainDrawer,
});
