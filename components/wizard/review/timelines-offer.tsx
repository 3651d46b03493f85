"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { TimelineOption } from "@/components/migration/alarms/timeline-option";
import { Callout } from "@/components/ui/callout";
import { draftTimelinesQuery } from "@/lib/client/timelines-query";
import { isSameTimeline } from "@/lib/migration/known-timelines";
import type { DraftHandle } from "../draft/use-draft";

/** Backups of several timelines lie where the draft takes its files from: which is meant, before anything is started. */
export function TimelinesOffer({ id, handle }: { id: string; handle: DraftHandle }) {
  const { t } = useT();
  const group = useId();
  const { savedDraft, draft, change } = handle;
  const { transport, backupBy, localFolder, cloudConnectionId, bucket, prefix, sourceDatabase } = savedDraft;
  const place = { transport, localFolder, cloudConnectionId, bucket, prefix, sourceDatabase };
  const found = useQuery({ ...draftTimelinesQuery(id, place), enabled: backupBy === "others" }).data;
  if (!found || found.timelines.length < 2) return null;
  const { timelines, looked, of, sourceForkGuid } = found;
  const { timeline } = draft;
  return (
    <Callout
      tone={timeline === null ? "danger" : "info"}
      title={t("migration.timelines.title", { count: timelines.length })}
    >
      <p>{t("migration.timelines.why")}</p>
      <fieldset className="mt-2 grid gap-2">
        <legend className="sr-only">{t("migration.timelines.legend")}</legend>
        {timelines.map((one, i) => (
          <TimelineOption
            key={`${one.familyGuid} ${one.forkGuid}`}
            timeline={one}
            newest={i === 0}
            ofSource={sourceForkGuid !== null && one.forkGuid === sourceForkGuid}
            group={group}
            checked={timeline !== null && isSameTimeline(timeline, one)}
            onChoose={() =>
              change((before) => ({
                ...before,
                timeline: { found: timelines, familyGuid: one.familyGuid, forkGuid: one.forkGuid },
              }))
            }
          />
        ))}
      </fieldset>
      {timeline === null ? <p className="mt-2">{t("migration.timelines.later")}</p> : null}
      {looked < of ? <p className="mt-2">{t("migration.timelines.looked", { looked, of })}</p> : null}
    </Callout>
  );
}
