"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { toApiProblem } from "@/lib/client/api-problem";
import type { SaveState } from "../draft/draft-saver";

/** Where the draft stands between this browser and the server. */
export function SaveNote({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const { t, tx } = useT();
  const format = useFormat();
  switch (state.kind) {
    case "untouched":
      return <>{t("wizard.draft.hint")}</>;
    case "waiting":
      return <>{t("wizard.draft.waiting")}</>;
    case "saving":
      return <>{t("wizard.draft.saving")}</>;
    case "saved":
      return (
        <>
          <b className="font-medium text-fg">
            {t("wizard.draft.saved", { time: format.instant(state.at, "seconds") })}
          </b>{" "}
          {t("wizard.draft.hint")}
        </>
      );
    case "failed": {
      const { code, reason, params } = toApiProblem(state.error);
      const why = tx(`error.${reason}`, params, tx(`error.${code}`, params, reason));
      return (
        <span className="text-status-danger">
          {t("wizard.draft.failed", { reason: why })}{" "}
          <button type="button" className="link" onClick={onRetry}>
            {t("wizard.draft.retry")}
          </button>
        </span>
      );
    }
  }
}
