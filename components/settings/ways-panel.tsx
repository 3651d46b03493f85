"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";

/** Leads administrators to how people come in, which is set where the product is started. */
export function WaysPanel() {
  const { t } = useT();
  return (
    <Panel title={t("settings.ways.title")}>
      <p className="px-4 py-3 text-table">
        {t("settings.ways.text")}{" "}
        <Link href="/ways-in" className="link">
          {t("settings.ways.open")}
        </Link>
      </p>
    </Panel>
  );
}
