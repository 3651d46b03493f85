"use client";

import type { ReactNode } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { CopyButton } from "@/components/ui/copy-button";

/** A box that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

/** One script: its fields, its text, and a button that copies it. */
export function Script({
  title,
  about,
  text,
  fields,
}: {
  title: string;
  about: string;
  /** What was filled in may make no script; `error` says why. */
  text: { ok: true; script: string } | { ok: false; error: string };
  fields: ReactNode;
}) {
  const { t } = useT();
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="text-table">{title}</h3>
          <p className="text-fg-2 text-table">{about}</p>
        </div>
        {text.ok ? (
          <CopyButton text={text.script} label={`${t("connections.scripts.copy")}: ${title}`} />
        ) : null}
      </div>
      <details className="mt-2">
        <summary className="w-fit text-cap text-fg-2">{t("connections.scripts.show")}</summary>
        <div className="mt-2 grid gap-x-4 sm:grid-cols-2">{fields}</div>
        {text.ok ? (
          <section
            {...SCROLLER}
            aria-label={title}
            className="mt-2 max-h-96 overflow-auto rounded-md border border-border bg-surface-2"
          >
            <pre className="p-3 text-cap">{text.script}</pre>
          </section>
        ) : (
          <p role="alert" className="mt-2 text-status-danger text-table">
            {text.error}
          </p>
        )}
      </details>
    </li>
  );
}
