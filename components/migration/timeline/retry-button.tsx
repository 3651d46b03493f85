"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import type { StepView } from "@/lib/contracts/migration";
import type { useAct } from "../act/use-act";

interface RetryButtonProps {
  act: ReturnType<typeof useAct>;
  step: StepView;
  size?: "sm" | "md";
}

/** Runs a failed step again; nothing for a step in another state. */
export function RetryButton({ act, step, size = "md" }: RetryButtonProps) {
  const { t } = useT();
  if (step.status !== "failed") return null;
  return (
    <Button
      size={size}
      variant="primary"
      busy={act.isPending}
      onClick={() => act.mutate({ type: "retry_step", stepId: step.id })}
    >
      {t("timeline.inspector.retry")}
    </Button>
  );
}
