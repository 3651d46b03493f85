"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Mono } from "@/components/ui/mono";
import type { TimelineChoice } from "@/lib/migration/known-timelines";

interface TimelineOptionProps {
  timeline: TimelineChoice;
  newest: boolean;
  /** The source says that it is on this one now. */
  ofSource?: boolean;
  group: string;
  checked: boolean;
  onChoose: () => void;
}

/** One of several timelines of a database, told apart by names, times and LSNs. */
export function TimelineOption({
  timeline,
  newest,
  ofSource = false,
  group,
  checked,
  onChoose,
}: TimelineOptionProps) {
  const { t } = useT();
  const { names, sets, newestAt, firstLsn, lastLsn, forkGuid, familyGuid } = timeline;
  const time = newestAt?.replace("T", " ") ?? "none";
  return (
    <label className="flex gap-2">
      <input type="radio" name={group} checked={checked} onChange={onChoose} />
      <span>
        <span className="text-fg">
          {names.join(", ")} · {t("migration.timelines.newest", { time, count: sets })}
          {newest && newestAt !== null ? ` · ${t("migration.timelines.is_newest")}` : null}
          {ofSource ? ` · ${t("migration.timelines.of_source")}` : null}
        </span>
        <span className="block text-cap text-fg-3">
          {t("migration.timelines.lsn")} <Mono>{firstLsn ?? "?"}</Mono> – <Mono>{lastLsn}</Mono> ·{" "}
          {t(forkGuid === null ? "migration.timelines.family" : "migration.timelines.fork")}{" "}
          <Mono>{forkGuid ?? familyGuid ?? "?"}</Mono>
        </span>
      </span>
    </label>
  );
}
