"use client";

import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { ArmedView } from "@/lib/contracts/armed";
import type { MigrationView } from "@/lib/contracts/migration";
import { useAct } from "../act/use-act";

interface HoldNoteProps {
  view: MigrationView;
  armed: ArmedView;
}

const HOLD_ACTIONS = ["release_hold", "disarm"] as const;

/** An armed cutover: what it waits for, what was answered last, and both ways to end the waiting. */
export function HoldNote({ view, armed }: HoldNoteProps) {
  const { t, tx } = useT();
  const format = useFormat();
  const act = useAct(view.id);
  const { until, look, needsApproval, approved } = armed;
  const title =
    until.by === "time"
      ? t("cutover.hold.armed.time", { time: format.instant(until.at, "full") })
      : until.by === "http"
        ? t("cutover.hold.armed.http", { host: until.host })
        : t(until.by === "wave" ? "cutover.hold.armed.wave" : "cutover.hold.armed.person");
  return (
    <Callout tone="info" className="mt-4" title={title}>
      <p>
        {t("cutover.hold.armed.by", { name: armed.armedBy, time: format.instant(armed.armedAt, "seconds") })}
        {look ? ` ${lookText(look)}` : null}
      </p>
      {needsApproval ? (
        <p>
          {approved
            ? t("readiness.approval.given", {
                name: approved.by,
                time: format.instant(approved.at, "seconds"),
              })
            : t("readiness.approval.waits")}
        </p>
      ) : null}
      <div className="mt-2 flex flex-wrap gap-2">
        {needsApproval && !approved ? (
          <Button
            busy={act.isPending && act.variables?.type === "approve_cutover"}
            onClick={() => act.mutate({ type: "approve_cutover" })}
          >
            {t("readiness.approval.give")}
          </Button>
        ) : null}
        {HOLD_ACTIONS.filter((type) => view.allowed.includes(type)).map((type) => (
          <Button
            key={type}
            variant={type === "release_hold" ? "primary" : "default"}
            busy={act.isPending && act.variables?.type === type}
            onClick={() => act.mutate({ type })}
          >
            {t(type === "disarm" ? "cutover.hold.disarm" : "cutover.hold.release")}
          </Button>
        ))}
      </div>
      {act.error ? <ErrorPanel title={t("cutover.failed")} error={act.error} /> : null}
    </Callout>
  );

  function untilIn({ until: end }: NonNullable<typeof look>["params"]): { until?: string } {
    return typeof end === "string" ? { until: format.instant(end, "full") } : {};
  }

  function lookText({ at, status, reason, params }: NonNullable<typeof look>): string {
    const time = format.instant(at, "seconds");
    if (reason !== null)
      return t("cutover.hold.look.reason", {
        time,
        reason: tx(`error.${reason}`, { ...params, ...untilIn(params) }, reason),
      });
    return status === null
      ? t("cutover.hold.look.none", { time })
      : t("cutover.hold.look.status", { status, time });
  }
}
