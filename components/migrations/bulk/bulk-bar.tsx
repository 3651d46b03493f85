"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { TypedNameDialog } from "@/components/ask/typed-name-dialog";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { actOnEach, type BulkAction, type BulkOutcome } from "@/lib/client/bulk-actions";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";

const HoldDialog = latePiece({
  texts: ["bulk", "check", "cutover"],
  load: async () => (await import("./hold-dialog")).HoldDialog,
});

/** Of these nothing is lost or stopped: they are done without another question. */
const AT_ONCE = ["take_log", "pause", "go_on"] as const;

interface BulkBarProps {
  chosen: readonly MigrationSummaryView[];
  onClear: () => void;
}

/** What can be asked of all migrations that are selected, and what became of it, one by one. */
export function BulkBar({ chosen, onClear }: BulkBarProps) {
  const { t } = useT();
  const [asked, setAsked] = useState(0);
  const [asks, setAsks] = useState<"hold" | "release" | "archive" | null>(null);
  const act = useMutation(actOnEach(useQueryClient(), setAsked));
  const count = chosen.length;
  const send = (action: BulkAction) => {
    setAsked(0);
    setAsks(null);
    act.mutate({ action, migrations: chosen });
  };
  const close = () => setAsks(null);
  return (
    <div className="flex flex-wrap items-center gap-2 border-border border-b bg-surface-2 px-4 py-2">
      <b className="font-semibold">{t("bulk.selected", { count })}</b>
      <Button size="sm" variant="ghost" onClick={onClear}>
        {t("bulk.clear")}
      </Button>
      {count === 0 ? null : (
        <span className="ml-auto flex flex-wrap gap-2">
          {AT_ONCE.map((type) => (
            <Button key={type} size="sm" busy={act.isPending} onClick={() => send({ type })}>
              {t(`bulk.${type}`)}
            </Button>
          ))}
          <Button size="sm" busy={act.isPending} onClick={() => setAsks("hold")}>
            {t("bulk.hold")}
          </Button>
          <Button size="sm" busy={act.isPending} onClick={() => setAsks("release")}>
            {t("bulk.release")}
          </Button>
          <Button size="sm" busy={act.isPending} onClick={() => setAsks("archive")}>
            {t("bulk.archive")}
          </Button>
        </span>
      )}
      {act.isPending ? (
        <p role="status" className="w-full text-fg-2 text-table">
          {t("bulk.asking", { asked, count: act.variables?.migrations.length ?? 0 })}
        </p>
      ) : null}
      {act.data ? <Outcome outcomes={act.data} wanted={act.variables?.migrations.length ?? 0} /> : null}
      {asks === "hold" ? <HoldDialog count={count} onConfirm={send} onClose={close} /> : null}
      {asks === "archive" ? (
        <AskDialog
          title={t("bulk.archive.title", { count })}
          description={t("bulk.archive.text")}
          confirm={t("bulk.archive.confirm")}
          busy={false}
          error={null}
          failed=""
          onConfirm={() => send({ type: "archive" })}
          onClose={close}
        />
      ) : null}
      {asks === "release" ? (
        <TypedNameDialog
          title={t("bulk.release.title", { count })}
          description={t("bulk.release.text")}
          confirm={t("bulk.release.confirm")}
          danger
          name={String(count)}
          label={t("bulk.release.type", { count })}
          mismatch={t("bulk.release.mismatch")}
          busy={false}
          error={null}
          failed=""
          onConfirm={() => send({ type: "release" })}
          onClose={close}
        >
          <ul className="max-h-40 list-disc overflow-y-auto pl-5 text-table">
            {chosen.map(({ id, name, target }) => (
              <li key={id}>
                <b className="font-semibold">{name}</b> <span className="text-fg-2">{target.instanceId}</span>
              </li>
            ))}
          </ul>
        </TypedNameDialog>
      ) : null}
    </div>
  );
}

/** How many did it, and of each that did not, why. */
function Outcome({ outcomes, wanted }: { outcomes: readonly BulkOutcome[]; wanted: number }) {
  const { t, tx } = useT();
  const refused = outcomes.filter(({ problem }) => problem !== null);
  const done = outcomes.length - refused.length;
  return (
    <Callout
      tone={refused.length === 0 ? "success" : "warning"}
      role="status"
      className="w-full"
      title={t("bulk.done", { done, wanted })}
    >
      {refused.length === 0 ? null : (
        <ul className="list-disc pl-5">
          {refused.map(({ id, name, problem }) => (
            <li key={id}>
              <Link href={`/migrations/${id}`} className="link font-semibold">
                {name}
              </Link>
              : {problem ? tx(`error.${problem.reason}`, problem.params, problem.reason) : null}
            </li>
          ))}
        </ul>
      )}
      {outcomes.length < wanted ? (
        <p className="mt-1">{t("bulk.not_asked", { count: wanted - outcomes.length })}</p>
      ) : null}
    </Callout>
  );
}
