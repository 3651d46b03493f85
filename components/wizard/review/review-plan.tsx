"use client";

import clsx from "clsx";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Tag } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { MigrationDraft } from "@/lib/contracts/migration";
import type { DraftFacts } from "../draft/use-draft-facts";
import { type PlanItem, planOutline } from "./plan-outline";

/** The plan as a vertical line: what happens, who does it, and where downtime begins and ends. */
export function ReviewPlan({ draft, facts }: { draft: MigrationDraft; facts: DraftFacts }) {
  const { t } = useT();
  const words = usePlanWords(draft, facts);
  const plan = planOutline(draft);
  return (
    <Panel title={t("wizard.review.plan")}>
      <ol className="px-4 py-3">
        {plan.map((item, index) => {
          const { title, text } = words(item);
          const begins = item.downtime && !plan[index - 1]?.downtime;
          const last = index === plan.length - 1;
          return (
            <li key={item.step} className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-3 text-table">
              <span aria-hidden className="relative flex justify-center">
                <span
                  className={clsx(
                    "z-1 mt-1.25 size-2.5 rounded-full border-2 bg-surface",
                    item.downtime ? "border-status-warning" : "border-fg-3",
                  )}
                />
                {last ? null : (
                  <span
                    className={clsx(
                      "absolute top-2.5 -bottom-1.5 w-px",
                      item.downtime ? "w-0.5 bg-status-warning-fill" : "bg-border-strong",
                    )}
                  />
                )}
              </span>
              <div className={clsx("min-w-0 wrap-anywhere", last ? "" : "pb-3")}>
                <p className="font-medium">
                  {title}
                  {begins ? (
                    <span className="ml-2 font-normal text-cap text-status-warning">
                      ▸ {t("wizard.review.plan.downtime")}
                    </span>
                  ) : null}
                </p>
                {text ? <p className="text-cap text-fg-2">{text}</p> : null}
              </div>
              <Tag className="self-start">{t(`wizard.review.plan.who.${item.who}`)}</Tag>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function usePlanWords(
  draft: MigrationDraft,
  facts: DraftFacts,
): (item: PlanItem) => { title: string; text: string } {
  const { t } = useT();
  const format = useFormat();
  const { place } = facts;
  const instance = facts.instance?.description || (draft.instanceId ?? "…");
  const bytes = facts.database?.dataBytes ?? null;
  return ({ step }) => {
    switch (step) {
      case "full":
        return {
          title: t("wizard.review.plan.full"),
          text: t("wizard.review.plan.full.text", {
            size: bytes === null ? "unknown" : format.bytes(bytes),
            folder: draft.sourceFolder || "…",
          }),
        };
      case "fullFound":
        return {
          title: t("wizard.review.plan.fullFound"),
          text: draft.firstObjectKey ?? t("wizard.review.plan.fullFound.text", { place }),
        };
      case "fullFolder":
        return {
          title: t("wizard.review.plan.fullFound"),
          text: t("wizard.review.plan.fullFolder.text", { folder: draft.localFolder || "…" }),
        };
      case "fullDropped":
        return {
          title: t("wizard.review.plan.fullDropped"),
          text: t("wizard.review.plan.fullDropped.text"),
        };
      case "upload":
        return {
          title: t("wizard.review.plan.upload"),
          text: t("wizard.review.plan.upload.text", { place }),
        };
      case "import":
        return {
          title: t("wizard.review.plan.import"),
          text: t("wizard.review.plan.import.text", { instance }),
        };
      case "open":
        return {
          title: t("wizard.review.plan.open"),
          text: t(`wizard.review.plan.open.${draft.checkMode}`),
        };
      case "preflight":
      case "rounds":
      case "stop":
      case "tail":
      case "openImmediate":
        return { title: t(`wizard.review.plan.${step}`), text: t(`wizard.review.plan.${step}.text`) };
    }
  };
}
