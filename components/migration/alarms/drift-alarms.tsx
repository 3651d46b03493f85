"use client";

import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Copyable } from "@/components/ui/mono";
import type { DriftAlarmView, MigrationView } from "@/lib/contracts/migration";
import type { MessageParams } from "@/lib/i18n/message-key";
import { isTargetDrift } from "@/lib/migration/vocabulary/drift-kind";
import { useAct } from "../act/use-act";
import { NewChainDialog } from "./new-chain-dialog";

/** What somebody else did to source or target: what it means, which file is needed now, and the ways to go on. */
export function DriftAlarms({ view }: { view: MigrationView }) {
  return view.alarms.map((alarm) => <Alarm key={alarm.id} alarm={alarm} view={view} />);
}

/** Evidence as a text wants it: what is not known has a word or falls away. */
function alarmParams(alarm: DriftAlarmView, somebody: string): MessageParams {
  const { evidence } = alarm;
  return {
    ...Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, value ?? "–"])),
    userName: evidence.userName ?? somebody,
    finishedAtLocal: String(evidence.finishedAtLocal ?? "none")
      .replace("T", " ")
      .slice(0, 19),
    count: typeof evidence.count === "number" ? evidence.count : 1,
  };
}

function Alarm({ alarm, view }: { alarm: DriftAlarmView; view: MigrationView }) {
  const { t } = useT();
  const format = useFormat();
  const act = useAct(view.id);
  const [asks, setAsks] = useState(false);
  const { kind, evidence } = alarm;
  const params = alarmParams(alarm, t("drift.somebody"));
  const bridges = kind === "foreign_log" || kind === "log_chain_restarted";
  const held = view.steps.some((step) => step.kind === "import" && step.status === "waiting_for_user");
  return (
    <Callout
      tone={kind === "base_reset" ? "warning" : "danger"}
      role="status"
      className="mt-4"
      title={t(`drift.${kind}.title`, params)}
      actions={
        <>
          {bridges && view.allowed.includes("take_differential") ? (
            <Button
              variant="primary"
              busy={act.isPending}
              onClick={() => act.mutate({ type: "take_backup", backup: "differential" })}
            >
              {t("drift.take_differential")}
            </Button>
          ) : null}
          {isTargetDrift(kind) ? (
            view.allowed.includes("new_chain") ? (
              <Button onClick={() => setAsks(true)}>{t("drift.new_chain")}</Button>
            ) : null
          ) : (
            <Button onClick={() => setAsks(true)}>{t("drift.dismiss")}</Button>
          )}
        </>
      }
    >
      <p>{t(`drift.${kind}.what`, params)}</p>
      <p className="mt-1 text-fg">{t(`drift.${kind}.do`, params)}</p>
      {kind === "foreign_log" ? (
        <p className="mt-1">
          {typeof evidence.path === "string" ? (
            <>
              {t("drift.file")} <Copyable text={evidence.path} copy />
            </>
          ) : (
            t("drift.unseen")
          )}
        </p>
      ) : null}
      {held && !isTargetDrift(kind) ? <p className="mt-1 font-medium text-fg">{t("drift.held")}</p> : null}
      <p className="mt-1 text-cap text-fg-3">
        {t("drift.seen", { time: format.instant(alarm.lastSeenAt, "seconds") })}
      </p>
      {act.error ? (
        <ErrorPanel title={t("migration.action_failed")} error={act.error} className="mt-2" />
      ) : null}
      {asks && isTargetDrift(kind) ? <NewChainDialog view={view} onClose={() => setAsks(false)} /> : null}
      {asks && !isTargetDrift(kind) ? (
        <AskDialog
          title={t("drift.dismiss.title")}
          description={t("drift.dismiss.text")}
          confirm={t("drift.dismiss.confirm")}
          danger
          busy={act.isPending}
          error={act.error}
          failed={t("migration.action_failed")}
          onConfirm={() =>
            act.mutate({ type: "dismiss_alarm", alarmId: alarm.id }, { onSuccess: () => setAsks(false) })
          }
          onClose={() => setAsks(false)}
        />
      ) : null}
    </Callout>
  );
}
