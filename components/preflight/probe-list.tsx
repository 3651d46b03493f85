"use client";

import { useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import type { ProbeView } from "@/lib/contracts/migration";
import type { CheckRunView } from "@/lib/contracts/preflight";
import { CheckRun } from "./check-run";
import { orderProbes } from "./order-probes";
import { ProbeRow } from "./probe-row";

const AcceptDialog = latePiece({
  texts: ["preflight", "probe"],
  load: async () => (await import("./accept-dialog")).AcceptDialog,
});

/** Above this many passed checks the rest folds away: what is to be done stays in sight. */
const PASSED_SHOWN = 4;
const CHECK_PROBE = "source.checkdb";

interface ProbeListProps {
  id: string;
  probes: readonly ProbeView[];
  checkRun: CheckRunView | null;
  /** What is asked again now: an id, `all`, or nothing. */
  busy: string | null;
  /** Absent: history, nothing is asked or accepted any more. */
  onRecheck?: ((probe: string) => void) | undefined;
}

/** Rows of one group, blockers first; passed ones fold away. */
export function ProbeList({ id, probes, checkRun, busy, onRecheck }: ProbeListProps) {
  const { t } = useT();
  const [unfolded, setUnfolded] = useState(false);
  const [accepting, setAccepting] = useState<ProbeView | null>(null);
  const ordered = orderProbes(probes);
  // A check under way stays in sight whatever was known before.
  const isOpen = (probe: ProbeView) =>
    probe.verdict !== "pass" || (probe.id === CHECK_PROBE && checkRun?.state === "running");
  const open = ordered.filter(isOpen);
  const passed = ordered.filter((probe) => !isOpen(probe));
  const shown = unfolded ? [...open, ...passed] : [...open, ...passed.slice(0, PASSED_SHOWN)];
  const folded = passed.length - PASSED_SHOWN;
  return (
    <>
      <ul aria-busy={busy !== null}>
        {shown.map((probe) => (
          <ProbeRow
            key={probe.id}
            probe={probe}
            busy={busy === "all" || busy === probe.id}
            onRecheck={onRecheck ? () => onRecheck(probe.id) : undefined}
            onAccept={onRecheck ? () => setAccepting(probe) : undefined}
          >
            {probe.id === CHECK_PROBE && onRecheck ? <CheckRun id={id} run={checkRun} /> : null}
          </ProbeRow>
        ))}
      </ul>
      {folded > 0 ? (
        <div className="border-t border-border px-4 py-2">
          <button type="button" className="link min-h-6 text-cap" onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? t("preflight.hide_passed") : t("preflight.show_passed", { count: folded })}
          </button>
        </div>
      ) : null}
      {accepting ? <AcceptDialog id={id} probe={accepting} onClose={() => setAccepting(null)} /> : null}
    </>
  );
}
