"use client";

import { useQueryClient } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useCallback, useSyncExternalStore } from "react";
import { migrationKeys } from "@/lib/client/migration-keys";
import type { MigrationView } from "@/lib/contracts/migration";
import { ClockFace } from "./clock-face";

/** The one clock of every page; on a migration's page with its source's. */
export function BarClock() {
  const [, id] = /^\/migrations\/([^/]+)$/.exec(usePathname()) ?? [];
  return (
    <ClockFace
      sourceOffsetMinutes={useSourceOffset(id ?? "")}
      className="flex items-baseline gap-4 text-cap"
    />
  );
}

/** Of what the page itself has read: nothing is asked for, and no schema comes along with every page. */
function useSourceOffset(id: string): number | null {
  const client = useQueryClient();
  const subscribe = useCallback((told: () => void) => client.getQueryCache().subscribe(told), [client]);
  const read = () =>
    client.getQueryData<MigrationView>(migrationKeys.detail(id))?.sourceOffsetMinutes ?? null;
  return useSyncExternalStore(subscribe, read, () => null);
}
