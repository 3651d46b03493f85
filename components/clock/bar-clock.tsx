"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { migrationQuery } from "@/lib/client/migration-queries";
import { ClockFace } from "./clock-face";

/** The one clock of every page; on a migration's page with its source's. It asks for nothing: what the page has read is enough. */
export function BarClock() {
  const [, id] = /^\/migrations\/([^/]+)$/.exec(usePathname()) ?? [];
  const view = useQuery({ ...migrationQuery(id ?? ""), enabled: false }).data;
  return (
    <ClockFace
      sourceOffsetMinutes={view?.sourceOffsetMinutes ?? null}
      className="flex items-baseline gap-4 text-cap"
    />
  );
}
