"use client";

import { useQuery } from "@tanstack/react-query";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Panel } from "@/components/ui/panel";
import { migrationQuery } from "@/lib/client/migration-queries";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { IMPORTS_PER_DAY } from "@/lib/migration/rds-limits";
import type { DraftHandle } from "../draft/use-draft";
import type { DraftFacts } from "../draft/use-draft-facts";
import type { WizardStep } from "../draft/wizard-url";
import { ReviewChoices } from "./review-choices";
import { ReviewPlan } from "./review-plan";

const PlanTimes = latePiece({
  texts: ["migration", "plan"],
  load: async () => (await import("./plan-times")).PlanTimes,
});

/** Full and last log: what a migration needs of the day's imports besides its rounds. */
const FULL_AND_CUTOVER = 2;

/** Review: every choice, the plan, what it creates, what it takes of the budget. */
export function StepReview({
  handle,
  facts,
  onEdit,
}: {
  handle: DraftHandle;
  facts: DraftFacts;
  onEdit: (step: WizardStep) => void;
}) {
  const { t } = useT();
  const { draft, id } = handle;
  const bytes = facts.database?.dataBytes ?? null;
  return (
    <>
      <p className="mb-4 text-fg-2">{t("wizard.review.intro")}</p>
      <ReviewChoices draft={draft} facts={facts} onEdit={onEdit} />
      <div className="mt-4 space-y-4">
        <ReviewPlan draft={draft} facts={facts} />
        {id !== null ? <PlanTimes id={id} handle={handle} isSizeKnown={bytes !== null && bytes > 0} /> : null}
        <Created draft={draft} facts={facts} />
        <Budget id={id} draft={draft} />
      </div>
      <p className="mt-4 text-fg-2 text-table">{t("wizard.review.startHint")}</p>
    </>
  );
}

function Created({ draft, facts }: { draft: MigrationDraft; facts: DraftFacts }) {
  const { t } = useT();
  const instance = facts.instance?.description || (draft.instanceId ?? "…");
  const uploads = draft.transport !== "bucket_watch";
  return (
    <Panel title={t("wizard.review.created")}>
      <ul className="list-disc space-y-0.5 py-3 pr-4 pl-8 text-table wrap-anywhere">
        <li>{t("wizard.review.created.task", { instance })}</li>
        <li>{t("wizard.review.created.database", { name: draft.targetDatabase || "…" })}</li>
        <li>
          {uploads
            ? t("wizard.review.created.objects", { place: facts.place || "…" })
            : t("wizard.review.created.objectsNone")}
        </li>
        <li className="text-fg-2">{t("wizard.review.created.nothingElse")}</li>
      </ul>
    </Panel>
  );
}

function Budget({ id, draft }: { id: string | null; draft: MigrationDraft }) {
  const { t } = useT();
  const view = useQuery({ ...migrationQuery(id ?? ""), enabled: id !== null }).data;
  const used = view?.importsToday.used ?? 0;
  const limit = view?.importsToday.limit ?? IMPORTS_PER_DAY;
  return (
    <Panel title={t("wizard.review.budget")}>
      <div className="space-y-1 px-4 py-3 text-table">
        <p>
          {t("wizard.review.budget.today", { used, limit, database: draft.targetDatabase || "…" })}{" "}
          {draft.method === "immediate"
            ? t("wizard.review.budget.need.immediate")
            : t("wizard.review.budget.need.rounds", {
                left: Math.max(0, limit - used - FULL_AND_CUTOVER),
              })}
        </p>
        <p className="text-cap text-fg-2">{t("wizard.review.budget.rule")}</p>
      </div>
    </Panel>
  );
}
