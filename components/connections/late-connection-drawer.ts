"use client";

import { latePiece } from "@/components/late/late-piece";

export const ConnectionDrawer = latePiece({
  texts: ["connections", "error"],
  load: async () => (await import("./connection-drawer")).ConnectionDrawer,
});
