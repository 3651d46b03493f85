"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LiveState } from "@/lib/client/follow-stream";
import { followMigration } from "@/lib/client/live-migration";

/** Keeps the migration's cache live while the page shows it; `enabled` false once nothing can change any more. */
export function useLiveMigration(id: string, enabled: boolean): LiveState {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => {
    if (!enabled) return;
    setState("connecting");
    return followMigration({ queryClient, id, onState: setState });
  }, [queryClient, id, enabled]);
  return state;
}
