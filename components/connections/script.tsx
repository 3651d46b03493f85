"use client";

import { type ReactNode, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { CopyButton } from "@/components/ui/copy-button";

/** A box that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

/** What a script is for; its fields and its text come when it is opened. */
export function ScriptItem({
  title,
  about,
  children,
}: {
  title: string;
  about: string;
  children: ReactNode;
}) {
  const { t } = useT();
  const [opened, setOpened] = useState(false);
  return (
    <li className="px-4 py-3">
      <h3 className="text-table">{title}</h3>
      <p className="text-fg-2 text-table">{about}</p>
      <details className="mt-2" onToggle={(event) => setOpened(event.currentTarget.open || opened)}>
        <summary className="w-fit text-cap text-fg-2">{t("connections.scripts.show")}</summary>
        {opened ? children : null}
      </details>
    </li>
  );
}

interface ScriptProps {
  title: string;
  /** What was filled in may make no script; `error` says why. */
  text: { ok: true; script: string } | { ok: false; error: string };
  fields: ReactNode;
}

/** One script: its fields, its text, and a button that copies it. */
export function Script({ title, text, fields }: ScriptProps) {
  const { t } = useT();
  return (
    <>
      <div className="mt-2 grid gap-x-4 sm:grid-cols-2">{fields}</div>
      {text.ok ? (
        <div className="relative mt-2">
          <section
            {...SCROLLER}
            aria-label={title}
            className="max-h-96 overflow-auto rounded-md border border-border bg-surface-2"
          >
            <pre className="p-3 pr-10 text-cap">{text.script}</pre>
          </section>
          <div className="absolute top-2 right-2">
            <CopyButton text={text.script} label={`${t("connections.scripts.copy")}: ${title}`} />
          </div>
        </div>
      ) : (
        <p role="alert" className="mt-2 text-status-danger text-table">
          {text.error}
        </p>
      )}
    </>
  );
}
