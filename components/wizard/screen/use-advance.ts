"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useAnnounce } from "@/components/ui/announcer";
import { toApiProblem } from "@/lib/client/api-problem";
import { startMigration } from "@/lib/client/draft-mutations";
import { fieldId } from "../draft/step-props";
import type { DraftHandle } from "../draft/use-draft";
import { stepAfter, type WizardStep } from "../draft/wizard-url";
import { isField } from "../field/wizard-field";
import { partsOf } from "../form/wizard-fields";
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
  const { t, tx } = useT();
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
        const view = await start.mutateAsync({ id, reviewed: handle.draft });
        router.push(`/migrations/${encodeURIComponent(view.id)}`);
      } catch (refusal) {
        const { reason, problem } = toApiProblem(refusal);
        if (reason === "draft_changed") {
          // The review shows what is stored now, and says which of it is new.
          await handle.reread();
          refuse(problem.invalidParams.map(({ path }) => changedChoice(path, handle.draft, tx)));
          return;
        }
        if (reason !== "draft_has_blockers") throw refusal;
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

/** A choice that another window has changed since it was reviewed here. */
function changedChoice(
  field: string,
  draft: DraftHandle["draft"],
  tx: ReturnType<typeof useT>["tx"],
): WizardBlocker {
  const steps = ["source", "backup", "import"] as const;
  const step = steps.find((each) => partsOf(each, draft).some((part) => isField(part) && part.key === field));
  const text = tx("wizard.changed_elsewhere", { field: tx(`field.${field}`, {}, field) }, field);
  return { step: step ?? "import", field, target: fieldId(field), text };
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
