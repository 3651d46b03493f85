"use client";

import { Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { DraftFacts } from "../draft/use-draft-facts";
import type { WizardStep } from "../draft/wizard-url";

type Row = readonly [label: string, value: ReactNode];

interface ReviewChoicesProps {
  draft: MigrationDraft;
  facts: DraftFacts;
  onEdit: (step: WizardStep) => void;
}

/** Everything chosen, in the order of the steps, each with its way back. */
export function ReviewChoices({ draft, facts, onEdit }: ReviewChoicesProps) {
  const { t } = useT();
  const format = useFormat();
  const rounds = useRoundsText(draft);
  const size = facts.database?.dataBytes ?? null;
  const source: Row[] = [
    [t("wizard.review.field.server"), facts.sourceName],
    [
      t("wizard.review.field.database"),
      draft.sourceDatabase &&
        (size === null ? draft.sourceDatabase : `${draft.sourceDatabase}, ${format.bytes(size)}`),
    ],
  ];
  const backup: Row[] = [
    [t("wizard.review.field.takenBy"), t(`wizard.backup.by.${draft.backupBy}`)],
    [t("wizard.review.field.transport"), t(`wizard.backup.transport.${draft.transport}`)],
    ...folderRows(draft, t("wizard.review.field.folders")),
    [t("wizard.review.field.account"), facts.cloudName],
    [t("wizard.review.field.place"), facts.place && <Mono>{`oss://${facts.place}`}</Mono>],
  ];
  const target: Row[] = [
    [
      t("wizard.review.field.instance"),
      draft.instanceId && (
        <>
          {facts.instance?.description && facts.instance.description !== draft.instanceId
            ? `${facts.instance.description} `
            : null}
          <Mono>{draft.instanceId}</Mono>
        </>
      ),
    ],
    [t("wizard.review.field.target"), draft.targetDatabase],
    [
      t("wizard.review.field.file"),
      draft.firstObjectKey ? <Mono key="file">{draft.firstObjectKey}</Mono> : t("wizard.import.file.first"),
    ],
    [t("wizard.review.field.method"), t(`wizard.import.method.${draft.method}`)],
    [t("wizard.review.field.check"), t(`check.${draft.checkMode}`)],
    ...(draft.method === "access_pending" ? [[t("wizard.review.field.rounds"), rounds] as const] : []),
  ];
  const sections = [
    { step: "source", title: t("wizard.review.source"), rows: source },
    { step: "backup", title: t("wizard.review.backup"), rows: backup },
    { step: "import", title: t("wizard.review.import"), rows: target },
  ] as const;
  return (
    <div className="space-y-4">
      {sections.map(({ step, title, rows }) => (
        <Panel
          key={step}
          title={title}
          actions={
            <Button
              size="sm"
              variant="ghost"
              icon={Pencil}
              aria-label={t("wizard.review.edit", { section: title })}
              onClick={() => onEdit(step)}
            >
              {t("wizard.review.editShort")}
            </Button>
          }
        >
          <dl className="grid grid-cols-[minmax(96px,150px)_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-4 py-3 text-table">
            {rows.map(([label, value]) => (
              <div key={label} className="contents">
                <dt className="text-fg-2">{label}</dt>
                <dd className="wrap-anywhere">
                  {value || <span className="text-status-warning">{t("wizard.review.missing")}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      ))}
    </div>
  );
}

function folderRows(draft: MigrationDraft, label: string): Row[] {
  const names = [
    draft.backupBy === "app" ? draft.sourceFolder : "",
    draft.transport === "shared_folder" ? draft.localFolder : "",
  ].filter((name) => name !== "");
  const needed = draft.backupBy === "app" || draft.transport === "shared_folder";
  if (!needed) return [];
  return [[label, names.length === 0 ? null : <Mono key="folders">{names.join(" = ")}</Mono>]];
}

function useRoundsText({ schedule, backupBy }: MigrationDraft): string {
  const { t } = useT();
  const format = useFormat();
  if (backupBy === "others") return t("wizard.review.rounds.others");
  switch (schedule.mode) {
    case "manual":
      return t("wizard.review.rounds.manual");
    case "every":
      return t(`wizard.review.rounds.every.${schedule.backup}`, { minutes: schedule.minutes });
    case "back_to_back":
      return t(`wizard.review.rounds.back_to_back.${schedule.backup}`, {
        size: format.bytes(schedule.untilBytes),
      });
  }
}
