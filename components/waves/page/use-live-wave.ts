"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LiveState } from "@/lib/client/follow-stream";
import { followWave } from "@/lib/client/live-wave";

/** Keeps the wave's cache live while the page shows it; `enabled` false while nothing can change by itself. */
export function useLiveWave(id: string, enabled: boolean): LiveState {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => {
    if (!enabled) return;
    setState("connecting");
    return followWave({ queryClient, id, onState: setState });
  }, [queryClient, id, enabled]);
  return state;
}
