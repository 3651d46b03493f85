"use client";

import { CircleCheck, FilePen, Hand, LoaderCircle, type LucideIcon } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import type { ArrangedMigrations, LaneGroup } from "./arrange-migrations";
import { DraftLane } from "./draft-lane";
import { LANE_COLUMNS, MigrationLane } from "./migration-lane";

const GROUPS: Record<LaneGroup, { icon: LucideIcon; tone: Tone }> = {
  needs: { icon: Hand, tone: "warning" },
  running: { icon: LoaderCircle, tone: "info" },
  drafts: { icon: FilePen, tone: "neutral" },
  ended: { icon: CircleCheck, tone: "success" },
};

export function LaneList({ arranged }: { arranged: ArrangedMigrations }) {
  const { t } = useT();
  return (
    <section aria-label={t("migrations.list_label")} className="panel overflow-hidden">
      <div
        aria-hidden
        className={`hidden border-b border-border px-4 py-1.5 font-medium text-cap text-fg-2 xl:grid ${LANE_COLUMNS}`}
      >
        <span>{t("migrations.column.database")}</span>
        <span>{t("migrations.column.phase")}</span>
        <span>{t("migrations.column.gap")}</span>
        <span>{t("migrations.column.forecast")}</span>
        <span>{t("migrations.column.imports")}</span>
        <span>{t("migrations.column.next")}</span>
      </div>
      {arranged.groups.map(({ group, migrations }) => {
        const { icon: Icon, tone } = GROUPS[group];
        return (
          <div key={group} className="border-border not-first:border-t">
            <h2 className="flex items-center gap-2 border-b border-border bg-surface-2 px-4 py-1.5 font-medium text-cap text-fg-2">
              <Icon size={14} strokeWidth={1.75} aria-hidden className={TONE_TEXT[tone]} />
              {t(`migrations.group.${group}`)}
              <span className="text-fg-3">{migrations.length}</span>
            </h2>
            <ol className="divide-y divide-border">
              {migrations.map((migration) =>
                group === "drafts" ? (
                  <DraftLane key={migration.id} migration={migration} />
                ) : (
                  <MigrationLane key={migration.id} migration={migration} />
                ),
              )}
            </ol>
          </div>
        );
      })}
    </section>
  );
}
