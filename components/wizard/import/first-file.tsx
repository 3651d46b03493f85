"use client";

import { judgeFirstObject } from "@/components/catalog/judge-object";
import { ObjectPicker } from "@/components/catalog/object-picker";
import { useT } from "@/components/locale/i18n-provider";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { chooseObject } from "../draft/draft-changes";
import { useTargetInstance } from "../draft/draft-queries";
import { fieldId, type StepProps } from "../draft/step-props";

/** The OSS file that the chain begins with: one that is there, or the first full that arrives. */
export function FirstFile({ handle }: StepProps) {
  const { t } = useT();
  const { draft, change } = handle;
  const { cloudConnectionId, bucket, firstObjectKey } = draft;
  const instance = useTargetInstance(draft);
  if (cloudConnectionId === null || bucket === null) {
    return <p className="mb-5 text-fg-2 text-table">{t("wizard.import.bucket.none")}</p>;
  }
  const engineVersion = instance.data?.engineVersion ?? null;
  return (
    <fieldset className="mb-5 min-w-0">
      <legend className="mb-1 font-medium text-table">{t("wizard.import.file")}</legend>
      <ObjectPicker
        id={fieldId("firstObjectKey")}
        connectionId={cloudConnectionId}
        bucket={bucket}
        prefix={draft.prefix}
        selectedKey={firstObjectKey}
        onSelect={(key) => change((before) => chooseObject(before, key))}
        judge={(header) => judgeFirstObject(header, { database: draft.sourceDatabase, engineVersion })}
        fits={engineVersion === null ? t("object.fitsFirst") : t("object.fits")}
        leading={(group) => (
          <FirstThatArrives
            group={group}
            draft={draft}
            onChoose={() => change((before) => chooseObject(before, null))}
          />
        )}
      />
    </fieldset>
  );
}

function FirstThatArrives({
  group,
  draft,
  onChoose,
}: {
  group: string;
  draft: MigrationDraft;
  onChoose: () => void;
}) {
  const { t } = useT();
  return (
    <label className="flex items-start gap-3 border-b border-border px-3 py-2.5 hover:bg-surface-2">
      <input
        type="radio"
        name={group}
        checked={draft.firstObjectKey === null}
        onChange={onChoose}
        className="mt-0.5 size-4 accent-accent-solid"
      />
      <span className="text-table">
        {t("wizard.import.file.first")}
        <span className="block text-cap text-fg-2">{t(`wizard.import.file.first.${draft.backupBy}`)}</span>
      </span>
    </label>
  );
}
