"use client";

import { useSyncExternalStore } from "react";

const stand = () => () => {};

/**
 * False on the server and while the page takes over what the server sent, true from then on: for what another part of the page may
 * have read by then, so that it would differ from what was sent.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    stand,
    () => true,
    () => false,
  );
}
