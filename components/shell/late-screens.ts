"use client";

import { latePiece } from "@/components/late/late-piece";

// What stands in the place of a page, or over it, and is seldom seen.

export const CrashScreen = latePiece({
  texts: [],
  load: async () => (await import("./crash-screen")).CrashScreen,
});

export const NotFoundScreen = latePiece({
  texts: [],
  load: async () => (await import("./not-found-screen")).NotFoundScreen,
});

export const ShortcutSheet = latePiece({
  texts: [],
  load: async () => (await import("./shortcut-sheet")).ShortcutSheet,
});
