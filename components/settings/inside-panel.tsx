"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/locale/i18n-provider";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { aboutQuery } from "@/lib/client/channel-queries";
import { systemQuery } from "@/lib/client/system-queries";
import { FactList } from "./fact-list";

/** What the product is made of, in which versions and under which licences. */
export function InsidePanel() {
  const { t } = useT();
  const about = useQuery(aboutQuery()).data;
  const system = useQuery(systemQuery()).data;
  if (!about) return null;
  const packages = about.packages.map(
    ({ name, version, licence }) =>
      [
        name,
        <span key={name}>
          <Mono>{version}</Mono> · {licence}
        </span>,
      ] as const,
  );
  return (
    <Panel
      title={t("settings.inside.title")}
      note={system ? `${t("shell.product")} ${system.version}` : null}
    >
      <FactList facts={[["Node.js", about.node], ...packages]} />
    </Panel>
  );
}
