"use client";

import { useId, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";
import { TimelineOption } from "./timeline-option";

type Choice = MigrationView["timelines"][number];

/** The files are of several timelines of the database: which is meant, by times, names and LSNs. Nothing goes on before. */
export function TimelineChoice({ view }: { view: MigrationView }) {
  const { t } = useT();
  const act = useAct(view.id);
  const group = useId();
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [pressed, setPressed] = useState(false);
  const { timelines } = view;
  if (timelines.length === 0) return null;
  return (
    <Callout
      tone="danger"
      role="status"
      className="mt-4"
      title={t("migration.timelines.title", { count: timelines.length })}
      actions={
        <Button
          variant="primary"
          busy={act.isPending}
          onClick={() => {
            setPressed(true);
            if (chosen === null) return;
            const { familyGuid, forkGuid } = chosen;
            act.mutate({ type: "confirm_timeline", familyGuid, forkGuid });
          }}
        >
          {t("migration.timelines.confirm")}
        </Button>
      }
    >
      <p>{t("migration.timelines.why")}</p>
      <fieldset className="mt-2 grid gap-2">
        <legend className="sr-only">{t("migration.timelines.legend")}</legend>
        {timelines.map((timeline, i) => (
          <TimelineOption
            key={`${timeline.familyGuid} ${timeline.forkGuid}`}
            timeline={timeline}
            newest={i === 0}
            group={group}
            checked={chosen === timeline}
            onChoose={() => setChosen(timeline)}
          />
        ))}
      </fieldset>
      {pressed && chosen === null ? (
        <p className="mt-2 font-medium text-fg">{t("migration.timelines.choose_first")}</p>
      ) : null}
      {act.error ? (
        <ErrorPanel title={t("migration.action_failed")} error={act.error} className="mt-2" />
      ) : null}
    </Callout>
  );
}
