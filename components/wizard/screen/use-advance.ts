"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useAnnounce } from "@/components/ui/announcer";
import { toApiProblem } from "@/lib/client/api-problem";
import { startMigration } from "@/lib/client/draft-mutations";
import type { DraftHandle } from "../draft/use-draft";
import { stepAfter, type WizardStep } from "../draft/wizard-url";
import { useCollectBlockers, type WizardBlocker } from "./use-blockers";

interface Advance {
  blockers: readonly WizardBlocker[] | null;
  attempt: number;
  busy: boolean;
  /** What kept the draft from being saved, checked or started. */
  error: unknown;
  next: () => Promise<void>;
  save: () => Promise<void>;
  dismiss: () => void;
}

/** Save, collect what is missing, then the next step; on the last one: start. */
export function useAdvance(
  handle: DraftHandle,
  step: WizardStep,
  onStep: (step: WizardStep) => void,
): Advance {
  const { t } = useT();
  const format = useFormat();
  const announce = useAnnounce();
  const router = useRouter();
  const collect = useCollectBlockers();
  const start = useMutation(startMigration(useQueryClient()));
  const [found, setFound] = useState<{ step: WizardStep; blockers: WizardBlocker[] } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const refuse = (blockers: WizardBlocker[]) => {
    setFound({ step, blockers });
    setAttempt((before) => before + 1);
  };

  const next = async () => {
    setBusy(true);
    setError(null);
    try {
      const id = await handle.saveNow();
      const blockers = await collect(step, id, handle.draft);
      if (blockers.length > 0) {
        refuse(blockers);
        return;
      }
      setFound(null);
      const after = stepAfter(step);
      if (after) {
        onStep(after);
        return;
      }
      try {
        const view = await start.mutateAsync(id);
        router.push(`/migrations/${encodeURIComponent(view.id)}`);
      } catch (refusal) {
        if (toApiProblem(refusal).reason !== "draft_has_blockers") throw refusal;
        refuse(await collect(step, id, handle.draft));
      }
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  const save = async () => {
    setError(null);
    try {
      await handle.saveNow();
      announce(t("wizard.draft.saved", { time: format.instant(Date.now(), "seconds") }));
    } catch (caught) {
      setError(caught);
    }
  };

  useStillTrue(found !== null && found.step === step, handle, async (id) => {
    const blockers = await collect(step, id, handle.savedDraft).catch(() => null);
    if (blockers) setFound({ step, blockers });
  });

  return {
    blockers: found?.step === step ? found.blockers : null,
    attempt,
    busy,
    error,
    next,
    save,
    dismiss: () => setFound(null),
  };
}

/** While a list of blockers is shown, each save looks again: what was mended leaves the list. */
function useStillTrue(shown: boolean, handle: DraftHandle, look: (id: string) => void): void {
  const current = useRef(look);
  current.current = look;
  const { id, savedDraft } = handle;
  const seen = useRef(savedDraft);
  useEffect(() => {
    if (seen.current === savedDraft) return;
    seen.current = savedDraft;
    if (shown && id !== null) current.current(id);
  }, [shown, id, savedDraft]);
}
