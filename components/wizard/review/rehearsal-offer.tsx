"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { rehearseDraft } from "@/lib/client/rehearsal-mutations";
import type { PlanView } from "@/lib/contracts/plan";
import type { DraftHandle } from "../draft/use-draft";

/** Full and last log. */
const IMPORTS = 2;

/** What a rehearsal would measure and cost, beside the plan; of a rehearsal's own draft, what it leaves alone. */
export function RehearsalOffer({ id, handle, plan }: { id: string; handle: DraftHandle; plan: PlanView }) {
  const { t } = useT();
  const format = useFormat();
  const router = useRouter();
  const rehearse = useMutation(rehearseDraft(useQueryClient(), id));
  const { draft, saveNow } = handle;
  const parts = plan.parts.filter(({ part }) => OWN_PARTS.has(part));
  const seconds = parts.reduce((sum, part) => sum + part.seconds.p50, 0);
  const bytes = plan.parts.find(({ part }) => part === "restore")?.bytes?.p50 ?? null;
  const cost = {
    imports: IMPORTS,
    size: bytes === null ? "–" : format.bytes(bytes),
    duration: format.duration(seconds * 1_000),
  };
  if (draft.method === "immediate") return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-border px-4 py-3">
      <FlaskConical size={18} strokeWidth={1.75} aria-hidden className="flex-none text-accent" />
      <div className="min-w-60 flex-1">
        <p className="font-medium text-table">
          {t(draft.rehearsal ? "plan.rehearsal.this" : "plan.rehearsal.offer")}
        </p>
        <p className="text-cap text-fg-2">{t("plan.rehearsal.cost", cost)}</p>
      </div>
      {draft.rehearsal ? null : (
        <Button
          busy={rehearse.isPending}
          onClick={async () => {
            await saveNow().catch(() => undefined);
            rehearse.mutate(undefined, {
              onSuccess: (view) => router.push(`/migrations/new?id=${view.id}&step=review`),
            });
          }}
        >
          {t("plan.rehearsal.start")}
        </Button>
      )}
      {rehearse.error ? (
        <ErrorPanel title={t("plan.rehearsal.failed")} error={rehearse.error} className="w-full" />
      ) : null}
    </div>
  );
}

/** The parts that a rehearsal goes through: its database is there from the restore on. */
const OWN_PARTS: ReadonlySet<PlanView["parts"][number]["part"]> = new Set([
  "full_backup",
  "full_upload",
  "restore",
  "last_log",
  "open",
]);
