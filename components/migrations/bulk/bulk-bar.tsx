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
import type { ApiProblem } from "@/lib/client/api-problem";
import { actOnEach, type BulkAction, type BulkOutcome } from "@/lib/client/bulk-actions";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import type { Translator } from "@/lib/i18n/translate";

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
  const armed = chosen.filter(({ isArmed }) => isArmed);
  const send = (action: BulkAction, migrations = chosen) => {
    setAsked(0);
    setAsks(null);
    act.mutate({ action, migrations });
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
          <Button
            size="sm"
            busy={act.isPending}
            // With none armed there is nothing to confirm: each says so.
            onClick={() => (armed.length === 0 ? send({ type: "release" }) : setAsks("release"))}
          >
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
      {act.data && act.variables ? (
        <Outcome
          asked={act.variables.action.type}
          outcomes={act.data}
          wanted={act.variables.migrations.length}
        />
      ) : null}
      {asks === "hold" ? (
        <HoldDialog count={count} onConfirm={(action) => send(action)} onClose={close} />
      ) : null}
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
          title={t("bulk.release.title", { count: armed.length })}
          description={t("bulk.release.text")}
          confirm={t("bulk.release.confirm")}
          danger
          name={String(armed.length)}
          label={t("bulk.release.type", { count: armed.length })}
          mismatch={t("bulk.release.mismatch")}
          busy={false}
          error={null}
          failed=""
          onConfirm={() => send({ type: "release" }, armed)}
          onClose={close}
        >
          <ul className="max-h-40 list-disc overflow-y-auto pl-5 text-table">
            {armed.map(({ id, name, target }) => (
              <li key={id}>
                <b className="font-semibold">{name}</b> <span className="text-fg-2">{target.instanceId}</span>
              </li>
            ))}
          </ul>
          {armed.length < count ? (
            <p className="text-fg-2 text-table">
              {t("bulk.release.others", { count: count - armed.length })}
            </p>
          ) : null}
        </TypedNameDialog>
      ) : null}
    </div>
  );
}

/** How many did it, and of each that did not, why. */
function Outcome({
  asked,
  outcomes,
  wanted,
}: {
  asked: BulkAction["type"];
  outcomes: readonly BulkOutcome[];
  wanted: number;
}) {
  const { t, tx } = useT();
  const refused = outcomes.filter(({ problem }) => problem !== null);
  const done = outcomes.length - refused.length;
  return (
    <Callout
      tone={refused.length === 0 ? "success" : "warning"}
      role="status"
      className="w-full"
      title={t("bulk.done", { what: t(`bulk.did.${asked}`), done, wanted })}
    >
      {refused.length === 0 ? null : (
        <ul className="list-disc pl-5">
          {refused.map(({ id, name, problem }) => (
            <li key={id}>
              <Link href={`/migrations/${id}`} className="link font-semibold">
                {name}
              </Link>{" "}
              {problem ? whyText(problem, { t, tx }) : null}
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

/** Why one did not do it: what its own page would say, where it says more than that it may not be done now. */
function whyText({ reason, params }: ApiProblem, { t, tx }: Pick<Translator, "t" | "tx">): string {
  const { why, condition, state } = params;
  const plain = tx(`error.${reason}`, params, reason);
  if (typeof why === "string") return tx(`migration.why_not.${why}`, params, plain);
  if (typeof condition !== "string") return plain;
  return t("bulk.not_met", {
    condition: tx(`advance.${condition}`, params, plain),
    todo: tx(`advance.${condition}.${state}`, params, ""),
  });
}
