"use client";

import { ChannelsPanel } from "@/components/channels/channels-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useHydrated } from "@/components/shell/use-hydrated";
import { DisplayPanel } from "./display-panel";
import { HealthPanel } from "./health-panel";
import { InsidePanel } from "./inside-panel";
import { LatePanels, LateSandbox } from "./late-panels";

/** What holds for all migrations: who is told, how things are shown, and how the product itself does. */
export function SettingsScreen() {
  const { t } = useT();
  const hydrated = useHydrated();
  return (
    <div className="page">
      <h1>{t("settings.title")}</h1>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <ChannelsPanel />
          {hydrated ? (
            <>
              <LatePanels />
              <HealthPanel />
            </>
          ) : null}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <DisplayPanel />
          {hydrated ? (
            <>
              <LateSandbox />
              <InsidePanel />
            </>
          ) : null}
        </div>
      </div>
    </div>
  );
}
