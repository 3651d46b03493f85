"use client";

import { useSyncExternalStore } from "react";
import { serverNowMs } from "@/lib/client/server-clock";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
/** Changes only with a tick: a snapshot must stand still between two renders. */
let now = 0;

function tick(): void {
  now = serverNowMs();
  for (const listener of listeners) listener();
}

/** One timer for everything that runs on screen, stopped when nothing does. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    timer = setInterval(tick, 1000);
    queueMicrotask(tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}

const stand = () => () => {};

function snapshot(): number {
  if (now === 0) now = serverNowMs();
  return now;
}

/** Server time in ms, new once a second while `running`; otherwise it stands still and costs nothing. */
export function useNow(running = true): number {
  return useSyncExternalStore(running ? subscribe : stand, snapshot, () => 0);
}
