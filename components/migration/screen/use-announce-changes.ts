"use client";

import { useEffect, useRef } from "react";
import { showBrowserNotice } from "@/components/browser-notice/browser-notice";
import { useT } from "@/components/locale/i18n-provider";
import { useDocumentTitle } from "@/components/shell/use-document-title";
import { STATUS_TABLE } from "@/components/status/status-table";
import { useAnnounce } from "@/components/ui/announcer";
import type { MigrationView } from "@/lib/contracts/migration";
import type { Status } from "@/lib/migration/vocabulary/status";
import { groupTitle } from "../timeline/group-title";

const URGENT: ReadonlySet<Status> = new Set(["failed", "unknown", "waiting_for_user", "refused"]);

/** Speaks changes of state, never ticks or percents, and keeps the tab's title in step with the status. */
export function useAnnounceChanges(view: MigrationView | undefined): void {
  const { t, tx } = useT();
  const announce = useAnnounce();
  useDocumentTitle(
    view ? `${view.name} · ${t(STATUS_TABLE[view.status].label)} · ${t("shell.product")}` : null,
  );
  const before = useRef<Map<string, Status> | null>(null);
  useEffect(() => {
    if (!view) return;
    const now = new Map<string, Status>([["", view.status]]);
    const words = new Map([["", view.name]]);
    for (const group of view.groups) {
      now.set(group.key, group.status);
      words.set(group.key, groupTitle(group, tx));
    }
    for (const [key, status] of now) {
      const was = before.current?.get(key);
      if (before.current === null || was === status || status === "queued") continue;
      const label = t(STATUS_TABLE[status].label);
      const name = words.get(key) ?? "";
      const text =
        key === ""
          ? t("migration.announce.migration", { name, status: label })
          : t("migration.announce.step", { step: name, status: label });
      const told = key === "" && (URGENT.has(status) || status === "succeeded");
      announce(text, told && URGENT.has(status) ? "assertive" : "polite");
      if (told) showBrowserNotice(text, view.id);
    }
    before.current = now;
  }, [view, t, tx, announce]);
}
