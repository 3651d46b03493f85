"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { FailureNote } from "@/components/failure/failure-note";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useFormat } from "@/components/locale/use-format";
import type { ConnectionTest } from "@/lib/contracts/connection";
import { useFactText } from "./use-fact-text";

/** A test's answer: facts it found, and when it failed what exactly failed and how to mend it. */
export function TestResult({
  test,
  address,
  className,
}: {
  test: ConnectionTest;
  /** For remedies that name a command to try. */
  address: { host: string; port: string };
  className?: string;
}) {
  const { t, tx } = useT();
  const format = useFormat();
  const elapsed = format.duration(test.elapsedMs);
  const title = test.ok
    ? t("connections.test.okIn", { elapsed })
    : test.facts.some(({ ok }) => ok === true)
      ? t("connections.test.partly", { elapsed })
      : t("connections.test.failedAfter", { elapsed });
  const mend = test.ok ? "" : tx(`connections.mend.${test.failure.reason}`, address, "");
  const Glyph = test.ok ? CircleCheck : CircleAlert;
  return (
    <div
      className={clsx(
        "rounded-md border border-l-3 bg-surface text-table",
        test.ok
          ? "border-status-success-line border-l-status-success"
          : "border-status-danger-line border-l-status-danger",
        className,
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2 px-3.5 pt-2.5 font-semibold">
        <Glyph
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={test.ok ? "text-status-success" : "text-status-danger"}
        />
        {title}
        <span className="font-normal text-cap text-fg-2">
          <Timestamp at={test.at} />
        </span>
      </p>
      {test.ok ? null : (
        <div className="px-3.5 pt-1.5">
          <FailureNote failure={test.failure} />
          {mend ? <p className="mt-1.5 wrap-anywhere">{mend}</p> : null}
        </div>
      )}
      <Facts facts={test.facts} />
    </div>
  );
}

function Facts({ facts }: { facts: ConnectionTest["facts"] }) {
  const { labelOf, textOf, noteOf } = useFactText();
  if (facts.length === 0) return <div className="pb-2.5" />;
  return (
    <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 px-3.5 pt-2 pb-3">
      {facts.map((fact) => {
        const note = noteOf(fact);
        return (
          <div key={fact.key} className="contents">
            <dt className="text-fg-2">{labelOf(fact.key)}</dt>
            <dd className="flex gap-1.5 wrap-anywhere">
              <FactGlyph ok={fact.ok} />
              <span>
                {textOf(fact)}
                {note ? <span className="block text-cap text-fg-2">{note}</span> : null}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function FactGlyph({ ok }: { ok: boolean | null }) {
  const look = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;
  if (ok === null) return <Info {...look} className="mt-0.75 flex-none text-fg-3" />;
  return ok ? (
    <CircleCheck {...look} className="mt-0.75 flex-none text-status-success" />
  ) : (
    <CircleAlert {...look} className="mt-0.75 flex-none text-status-warning" />
  );
}
