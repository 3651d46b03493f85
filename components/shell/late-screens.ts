"use client";

import { latePiece } from "@/components/late/late-piece";

// What stands in the place of a page, or over it, and is seldom seen; and what no page needs to be useful.

export const CrashScreen = latePiece({
  texts: [],
  load: async () => (await import("./crash-screen")).CrashScreen,
});

export const NotFoundScreen = latePiece({
  texts: [],
  load: async () => (await import("./not-found-screen")).NotFoundScreen,
});

export const SandboxBanner = latePiece({
  texts: [],
  load: async () => (await import("./sandbox-banner")).SandboxBanner,
});

export const ThemeSwitch = latePiece({
  texts: [],
  load: async () => (await import("./theme-switch")).ThemeSwitch,
});

export const ProfileLink = latePiece({
  texts: [],
  load: async () => (await import("./profile-link")).ProfileLink,
});

export const BarClock = latePiece({
  texts: [],
  load: async () => (await import("../clock/bar-clock")).BarClock,
});

export const ShortcutSheet = latePiece({
  texts: [],
  load: async () => (await import("./shortcut-sheet")).ShortcutSheet,
});
