"use client";

import { useT } from "@/components/locale/i18n-provider";
import { importDemand } from "@/components/schedule/import-demand";
import type { MigrationDraft } from "@/lib/contracts/migration";

/** What the choices so far lead to, beside them. */
export function Consequences({ draft }: { draft: MigrationDraft }) {
  const { t } = useT();
  const demand = importDemand(draft.schedule);
  const imports =
    draft.method === "immediate"
      ? t("wizard.aside.imports.immediate")
      : demand.perDay === null
        ? t("wizard.aside.imports.manual")
        : t("wizard.aside.imports.every", { perDay: demand.perDay });
  const downtime =
    draft.method === "immediate"
      ? t("wizard.aside.downtime.immediate")
      : t(`wizard.aside.downtime.pending.${draft.checkMode}`);
  const rows = [
    [t("wizard.aside.method"), t(`field.method.${draft.method}`)],
    [t("wizard.aside.downtime"), downtime],
    [t("wizard.aside.imports"), imports],
    [t("wizard.aside.created"), t("wizard.aside.created.one")],
  ] as const;
  return (
    <aside aria-labelledby="wizard-consequences" className="max-w-80 text-cap text-fg-2">
      <h2 id="wizard-consequences" className="mb-2 font-semibold text-base text-fg">
        {t("wizard.aside.title")}
      </h2>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="text-fg">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3">{t("wizard.aside.note")}</p>
    </aside>
  );
}
