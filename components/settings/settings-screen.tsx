"use client";

import { useT } from "@/components/locale/i18n-provider";
import { AboutPanels } from "./about-panels";
import { ChannelsPanel } from "./channels-panel";
import { DisplayPanel } from "./display-panel";
import { SandboxPanel } from "./sandbox-panel";

/** What holds for all migrations: who is told, how things are shown, and how the product itself does. */
export function SettingsScreen() {
  const { t } = useT();
  return (
    <div className="page">
      <h1>{t("settings.title")}</h1>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <ChannelsPanel />
        <div className="grid gap-4">
          <DisplayPanel />
          <SandboxPanel />
        </div>
        <AboutPanels />
      </div>
    </div>
  );
}
