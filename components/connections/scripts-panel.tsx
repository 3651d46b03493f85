"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/shell/i18n-provider";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { scriptQuery } from "@/lib/client/connection-queries";

const SCRIPTS = [
  { file: "source-login.sql", key: "sql" },
  { file: "ram-policy.json", key: "ram" },
] as const;

/** A box that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

/** What a login and a RAM user need, and no more, to copy. */
export function ScriptsPanel() {
  const { t } = useT();
  return (
    <Panel title={t("connections.scripts.title")} note={t("connections.scripts.note")}>
      <ul className="divide-y divide-border">
        {SCRIPTS.map(({ file, key }) => (
          <Script key={file} file={file} title={t(`connections.scripts.${key}`)}>
            {t(`connections.scripts.${key}.text`)}
          </Script>
        ))}
      </ul>
    </Panel>
  );
}

function Script({
  file,
  title,
  children,
}: {
  file: (typeof SCRIPTS)[number]["file"];
  title: string;
  children: string;
}) {
  const { t } = useT();
  const script = useQuery(scriptQuery(file));
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="text-table">{title}</h3>
          <p className="text-fg-2 text-table">{children}</p>
        </div>
        {script.data ? (
          <CopyButton text={script.data} label={`${t("connections.scripts.copy")}: ${title}`} />
        ) : null}
      </div>
      {script.isPending ? (
        <SkeletonLines lines={2} label={t("shell.loading")} className="mt-2" />
      ) : script.isError ? (
        <ErrorPanel
          title={t("connections.scripts.error")}
          error={script.error}
          onRetry={() => script.refetch()}
          className="mt-2"
        />
      ) : (
        <details className="mt-2">
          <summary className="w-fit text-cap text-fg-2">{t("connections.scripts.show")}</summary>
          <section
            {...SCROLLER}
            aria-label={title}
            className="mt-2 max-h-96 overflow-auto rounded-md border border-border bg-surface-2"
          >
            <pre className="p-3 text-cap">{script.data}</pre>
          </section>
        </details>
      )}
    </li>
  );
}
