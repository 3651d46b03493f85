"use client";

import { useQuery } from "@tanstack/react-query";
import { FileQuestion, Rocket } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonLines } from "@/components/ui/skeleton";
import { toApiProblem } from "@/lib/client/api-problem";
import { migrationQuery } from "@/lib/client/migration-queries";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { parseWizardUrl, type WizardStep, wizardHref } from "../draft/wizard-url";
import { Wizard } from "./wizard";

/** Steps change the address without asking the server for the same page again. */
function moveTo(id: string | null, step: WizardStep, how: "push" | "replace"): void {
  const href = wizardHref({ id, step });
  if (how === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
}

/** The Import Guide at its address: a new draft, or the saved one that `id` names. */
export function WizardScreen() {
  const url = parseWizardUrl(useSearchParams());
  /** The draft that this very page made: its wizard goes on under the new address. */
  const [made, setMade] = useState<{ id: string; arrived: boolean } | null>(null);
  const [generation, setGeneration] = useState(0);
  useEffect(() => {
    if (made === null) return;
    if (url.id === made.id && !made.arrived) setMade({ ...made, arrived: true });
    // Back to the bare address, by the menu for instance: another new one.
    if (url.id === null && made.arrived) {
      setMade(null);
      setGeneration((before) => before + 1);
    }
  }, [url.id, made]);

  if (url.id !== null && url.id !== made?.id) {
    return <SavedWizard key={url.id} id={url.id} step={url.step} />;
  }
  const step = url.step ?? "source";
  return (
    <Wizard
      key={generation}
      initial={{ id: null, draft: EMPTY_DRAFT }}
      step={step}
      onStep={(next) => moveTo(made?.id ?? url.id, next, "push")}
      onCreated={(id) => {
        setMade({ id, arrived: false });
        moveTo(id, parseWizardUrl(new URLSearchParams(window.location.search)).step ?? "source", "replace");
      }}
    />
  );
}

function SavedWizard({ id, step }: { id: string; step: WizardStep | null }) {
  const { t } = useT();
  const saved = useQuery({
    ...migrationQuery(id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnMount: "always",
  });
  // The draft as first read is where the wizard begins; a copy in the cache may be older than the server's.
  const [first, setFirst] = useState<typeof saved.data>(undefined);
  useEffect(() => {
    if (saved.data && !saved.isFetching) setFirst((before) => before ?? saved.data);
  }, [saved.data, saved.isFetching]);

  if (saved.isError && !first) {
    if (toApiProblem(saved.error).code === "not_found") {
      return (
        <div className="page">
          <EmptyState
            icon={FileQuestion}
            title={t("wizard.draft.gone.title")}
            actions={
              <ButtonLink href="/migrations/new" variant="primary">
                {t("wizard.draft.startNew")}
              </ButtonLink>
            }
          >
            {t("wizard.draft.gone.text")}
          </EmptyState>
        </div>
      );
    }
    return (
      <div className="page">
        <ErrorPanel title={t("wizard.draft.error")} error={saved.error} onRetry={() => saved.refetch()} />
      </div>
    );
  }
  if (!first) {
    return (
      <div className="page">
        <h1 className="mb-4">{t("wizard.title")}</h1>
        <SkeletonLines lines={8} label={t("shell.loading")} className="max-w-200" />
      </div>
    );
  }
  if (first.status !== "draft") {
    return (
      <div className="page">
        <EmptyState
          icon={Rocket}
          title={t("wizard.draft.started.title")}
          actions={
            <ButtonLink href={`/migrations/${encodeURIComponent(id)}`} variant="primary">
              {t("wizard.draft.started.open")}
            </ButtonLink>
          }
        >
          {t("wizard.draft.started.text")}
        </EmptyState>
      </div>
    );
  }
  return (
    <Wizard
      initial={{ id, draft: first.draft }}
      step={step ?? first.draft.step}
      onStep={(next) => moveTo(id, next, "push")}
      onCreated={() => {}}
    />
  );
}
