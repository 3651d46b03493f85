"use client";

import { Pencil } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { DraftFacts } from "../draft/use-draft-facts";
import type { WizardStep } from "../draft/wizard-url";
import { isField } from "../field/wizard-field";
import { partsOf } from "../form/wizard-fields";

const SECTIONS = ["source", "backup", "import"] as const;

interface ReviewChoicesProps {
  draft: MigrationDraft;
  facts: DraftFacts;
  onEdit: (step: WizardStep) => void;
}

/** Everything chosen, in the order of the steps, each with its way back. */
export function ReviewChoices({ draft, facts, onEdit }: ReviewChoicesProps) {
  const { t } = useT();
  const format = useFormat();
  const words = { draft, facts, t, format };
  return (
    <div className="space-y-4">
      {SECTIONS.map((step) => {
        const title = t(`wizard.review.${step}`);
        return (
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
              {partsOf(step, draft)
                .filter(isField)
                .map(({ key, review }) =>
                  review ? (
                    <div key={key} className="contents">
                      <dt className="text-fg-2">{t(`field.${key}`)}</dt>
                      <dd className="wrap-anywhere">
                        {review(words) || (
                          <span className="text-status-warning">{t("wizard.review.missing")}</span>
                        )}
                      </dd>
                    </div>
                  ) : null,
                )}
            </dl>
          </Panel>
        );
      })}
    </div>
  );
}
