"use client";

import { latePiece } from "@/components/late/late-piece";

export const AskDialog = latePiece({
  texts: [],
  load: async () => (await import("./ask-dialog")).AskDialog,
});
