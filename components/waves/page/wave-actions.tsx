"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { TypedNameDialog } from "@/components/ask/typed-name-dialog";
import { ErrorPanel } from "@/components/failure/error-panel";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useNow } from "@/components/locale/use-now";
import { Button, ButtonLink } from "@/components/ui/button";
import { actOnWave, discardWave, planWave, wavePreflightQuery } from "@/lib/client/wave-queries";
import type { WaveView } from "@/lib/contracts/wave";
import { clockOf } from "@/lib/wave/cutover-turns";

const ArmDialog = latePiece({
  texts: ["check", "cutover", "wave"],
  load: async () => (await import("./arm-dialog")).ArmDialog,
});

/** What may be asked of a wave as a whole. */
export function WaveActions({ wave }: { wave: WaveView }) {
  return wave.status === "draft" ? <DraftActions wave={wave} /> : <RunningActions wave={wave} />;
}

function DraftActions({ wave }: { wave: WaveView }) {
  const { t } = useT();
  const router = useRouter();
  const client = useQueryClient();
  const [asks, setAsks] = useState<"start" | "discard" | null>(null);
  const act = useMutation(actOnWave(client, wave.id));
  const plan = useMutation(planWave(client, wave.id));
  const discard = useMutation(discardWave(client));
  const matrix = useQuery(wavePreflightQuery(wave.id));
  const blocked = matrix.data?.rows.filter(({ counts }) => counts.block > 0).length ?? 0;
  const close = () => setAsks(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="ghost" onClick={() => setAsks("discard")}>
        {t("wave.discard")}
      </Button>
      <ButtonLink href={`/waves/new?id=${wave.id}`}>{t("wave.edit")}</ButtonLink>
      <Button busy={plan.isPending} onClick={() => plan.mutate()}>
        {t("wave.plan.make")}
      </Button>
      <Button variant="primary" onClick={() => setAsks("start")}>
        {t("wave.start")}
      </Button>
      {plan.error ? <ErrorPanel title={t("wave.plan.failed")} error={plan.error} className="w-full" /> : null}
      {asks === "start" ? (
        <AskDialog
          title={t("wave.start.title", { name: wave.name })}
          description={t("wave.start.text", { count: wave.members.length })}
          confirm={t("wave.start")}
          busy={act.isPending}
          error={act.error}
          failed={t("wave.act.failed")}
          onConfirm={() => act.mutate({ type: "start" }, { onSuccess: close })}
          onClose={close}
        >
          {blocked > 0 ? (
            <p className="text-status-warning">{t("wave.start.blocked", { count: blocked })}</p>
          ) : null}
        </AskDialog>
      ) : null}
      {asks === "discard" ? (
        <AskDialog
          title={t("wave.discard.title", { name: wave.name })}
          description={t("wave.discard.text")}
          confirm={t("wave.discard")}
          danger
          busy={discard.isPending}
          error={discard.error}
          failed={t("wave.discard.failed")}
          onConfirm={() => discard.mutate(wave.id, { onSuccess: () => router.push("/waves") })}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

function RunningActions({ wave }: { wave: WaveView }) {
  const { t } = useT();
  const { cutover, needsApproval, status, members } = wave;
  const act = useMutation(actOnWave(useQueryClient(), wave.id));
  const [asks, setAsks] = useState<"arm" | "go" | null>(null);
  const now = useNow(cutover !== null);
  if (status === "over") return null;
  const close = () => setAsks(null);
  const armed = members.filter((member) => member.armed).length;
  const runs = cutover !== null && clockOf(cutover, now) === "open";
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {status === "paused" ? (
        <Button busy={act.isPending} onClick={() => act.mutate({ type: "go_on" })}>
          {t("wave.go_on")}
        </Button>
      ) : (
        <Button busy={act.isPending} onClick={() => act.mutate({ type: "pause" })}>
          {t("wave.pause")}
        </Button>
      )}
      {cutover === null ? (
        <Button variant="primary" onClick={() => setAsks("arm")}>
          {t("wave.arm")}
        </Button>
      ) : (
        <>
          <Button busy={act.isPending} onClick={() => act.mutate({ type: "disarm" })}>
            {t("wave.disarm")}
          </Button>
          {needsApproval && cutover.approved === null ? (
            <Button busy={act.isPending} onClick={() => act.mutate({ type: "approve" })}>
              {t("wave.approve")}
            </Button>
          ) : null}
          {runs ? null : (
            <Button variant="primary" onClick={() => setAsks("go")}>
              {t("wave.go")}
            </Button>
          )}
        </>
      )}
      {act.error && asks === null ? (
        <ErrorPanel title={t("wave.act.failed")} error={act.error} className="w-full" />
      ) : null}
      {asks === "arm" ? <ArmDialog wave={wave} onClose={close} /> : null}
      {asks === "go" ? (
        <TypedNameDialog
          title={t("wave.go.title", { name: wave.name })}
          description={t("wave.go.text", { count: armed })}
          confirm={t("wave.go.confirm")}
          danger
          name={wave.name}
          label={t("wave.go.type", { name: wave.name })}
          mismatch={t("wave.go.mismatch")}
          busy={act.isPending}
          error={act.error}
          failed={t("wave.act.failed")}
          onConfirm={(confirmName) => act.mutate({ type: "go", confirmName }, { onSuccess: close })}
          onClose={close}
        />
      ) : null}
    </div>
  );
}
