import { latePiece } from "@/components/late/late-piece";

export const NothingHere = latePiece({
  texts: ["records"],
  load: async () => (await import("./nothing-here")).NothingHere,
});
