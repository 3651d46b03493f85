"use client";

import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { judgeFirstObject } from "@/components/catalog/judge-object";
import { useJudgementText } from "@/components/catalog/judgement-note";
import { useT } from "@/components/locale/i18n-provider";
import { probeElementId } from "@/components/preflight/probe-element-id";
import { useProbeText } from "@/components/preflight/use-probe-text";
import { headerQuery } from "@/lib/client/catalog-queries";
import { blockersQuery, type ProbedStep, probesQuery } from "@/lib/client/draft-queries";
import { instanceQuery } from "@/lib/client/instance-query";
import type { DraftBlocker, MigrationDraft } from "@/lib/contracts/migration";
import { fieldId } from "../draft/step-props";
import type { DraftHandle } from "../draft/use-draft";
import type { WizardStep } from "../draft/wizard-url";
import { canProbe, probeChoices } from "../form/probe-choices";

/** One thing to do before going on: where to do it, and what. */
export interface WizardBlocker {
  step: ProbedStep;
  field: string;
  /** Id of the element that takes focus. */
  target: string;
  text: string;
}

const STEPS: readonly ProbedStep[] = ["source", "backup", "import"];

/**
 * Steps with something to do, for the rail: by the server's rules as of the last save, and by the probes that were run.
 * The review asks them itself, so that nothing which is red elsewhere looks complete there.
 */
export function useOpenSteps(handle: DraftHandle, current: WizardStep): ReadonlySet<ProbedStep> {
  const { id, savedDraft } = handle;
  const blockers = useQuery({ ...blockersQuery(id ?? "", JSON.stringify(savedDraft)), enabled: id !== null });
  const probes = useQueries({
    queries: STEPS.map((step) => ({
      ...probesQuery(id ?? "", step, probeChoices(step, savedDraft)),
      enabled: id !== null && current === "review" && canProbe(step, savedDraft),
    })),
  });
  const red = STEPS.filter((_step, at) =>
    probes[at]?.data?.probes.some(({ verdict }) => verdict === "block"),
  );
  return new Set([...(blockers.data?.map(({ step }) => step) ?? []), ...red]);
}

/**
 * Collects what stands in the way of a step (for `review`: of all of them): the server's blockers, probes that fail, and
 * a chosen object that its header rules out. Reads the server anew; throws when it cannot be asked.
 */
export function useCollectBlockers(): (
  step: WizardStep,
  id: string,
  draft: MigrationDraft,
) => Promise<WizardBlocker[]> {
  const queryClient = useQueryClient();
  const { t, tx } = useT();
  const probeText = useProbeText();
  const judgementText = useJudgementText();

  const fromServer = useCallback(
    (blocker: DraftBlocker): WizardBlocker => ({
      step: blocker.step,
      field: blocker.field,
      target: fieldId(blocker.field),
      text: tx(`wizard.blocker.${blocker.reason}`, blocker.params, blocker.reason),
    }),
    [tx],
  );

  const fromProbes = async (
    step: ProbedStep,
    id: string,
    draft: MigrationDraft,
  ): Promise<WizardBlocker[]> => {
    if (!canProbe(step, draft)) return [];
    // A check that cannot be run is no verdict: the preflight asks again before anything happens.
    const list = await queryClient
      .fetchQuery({ ...probesQuery(id, step, probeChoices(step, draft)), retry: false })
      .catch(() => ({ probes: [] }));
    return list.probes
      .filter(({ verdict }) => verdict === "block")
      .map((probe) => ({
        step,
        field: probe.id,
        target: probeElementId(probe.id),
        text: t("wizard.blocker.probe_blocked", probeText(probe)),
      }));
  };

  const fromObject = async (draft: MigrationDraft): Promise<WizardBlocker[]> => {
    const { cloudConnectionId, bucket, firstObjectKey, instanceId } = draft;
    if (cloudConnectionId === null || bucket === null || firstObjectKey === null) return [];
    const header = await queryClient
      .fetchQuery({ ...headerQuery(cloudConnectionId, bucket, firstObjectKey, "chosen"), staleTime: 5_000 })
      .catch(() => null);
    if (!header) return [];
    const instance =
      instanceId === null
        ? null
        : await queryClient.fetchQuery(instanceQuery(cloudConnectionId, instanceId)).catch(() => null);
    const judgement = judgeFirstObject(header, {
      database: draft.sourceDatabase,
      engineVersion: instance?.engineVersion ?? null,
    });
    if (judgement.verdict === "fits" || judgement.verdict === "unread") return [];
    const text = t("wizard.blocker.object_refused", { detail: judgementText(judgement) });
    return [{ step: "import", field: "firstObjectKey", target: fieldId("firstObjectKey"), text }];
  };

  return async (step, id, draft) => {
    const steps = step === "review" ? STEPS : [step];
    const server = await queryClient.fetchQuery({
      ...blockersQuery(id, JSON.stringify(draft)),
      staleTime: 0,
    });
    const probes = await Promise.all(steps.map((each) => fromProbes(each, id, draft)));
    const object = steps.includes("import") ? await fromObject(draft) : [];
    const found = [
      ...server.filter((blocker) => steps.includes(blocker.step)).map(fromServer),
      ...object,
      ...probes.flat(),
    ];
    return STEPS.flatMap((each) => found.filter((blocker) => blocker.step === each));
  };
}
