"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/locale/i18n-provider";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { systemQuery } from "@/lib/client/system-queries";
import { FactList } from "./fact-list";

/** Whether simulated services run beside us, and the commands by which that is chosen. */
export function SandboxPanel() {
  const { t } = useT();
  const system = useQuery(systemQuery()).data;
  if (!system) return null;
  const { sandbox } = system;
  return (
    <Panel
      title={t("settings.sandbox.title")}
      note={t(sandbox ? "settings.sandbox.on" : "settings.sandbox.off")}
    >
      {sandbox ? (
        <FactList
          facts={[
            [t("settings.sandbox.scenario"), sandbox.scenario.replaceAll(",", ", ")],
            [t("settings.sandbox.speed"), t("settings.sandbox.factor", { factor: sandbox.timeFactor })],
          ]}
        />
      ) : null}
      <div className="px-4 pb-3 text-cap text-fg-2 first-of-type:pt-3">
        <p>{t("settings.sandbox.how")}</p>
        <p className="mt-1">
          <Mono className="wrap-anywhere">npm start -- --no-sandbox</Mono>
        </p>
        <p>
          <Mono className="wrap-anywhere">npm start -- --scenario gap --time-factor 60</Mono>
        </p>
      </div>
    </Panel>
  );
}
