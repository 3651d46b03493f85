"use client";

import { type ReactNode, useEffect, useState } from "react";
import {
  BROWSER_NOTICES,
  type BrowserNotices,
  readBrowserNotices,
  setBrowserNotices,
} from "@/components/browser-notice/browser-notice";
import { applyZone, DISPLAY_ZONES, type DisplayZone, readZone } from "@/components/locale/display-zone";
import { useLocale, useSetLocale, useT } from "@/components/locale/i18n-provider";
import { applyTheme, readTheme, THEMES, type Theme } from "@/components/shell/theme";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { LOCALES } from "@/lib/format/locale";

const LANGUAGES = { en: "English", "zh-CN": "中文" } as const;

/** What this browser shows, and how. Kept in the browser: the next person at another desk chooses for themself. */
export function DisplayPanel() {
  const { t } = useT();
  const locale = useLocale();
  const setLocale = useSetLocale();
  const [theme, setTheme] = useState<Theme>("system");
  const [zone, setZone] = useState<DisplayZone>("local");
  const [notices, setNotices] = useState<BrowserNotices>("off");
  const [blocked, setBlocked] = useState(false);
  useEffect(() => {
    setTheme(readTheme());
    setZone(readZone());
    setNotices(readBrowserNotices());
  }, []);
  return (
    <Panel title={t("settings.display.title")} note={t("settings.display.note")}>
      <div className="grid gap-3 px-4 py-3">
        <Choice label={t("settings.language")}>
          <Segmented
            label={t("settings.language")}
            value={locale}
            onChange={setLocale}
            options={LOCALES.map((value) => ({ value, label: LANGUAGES[value] }))}
          />
        </Choice>
        <Choice label={t("settings.theme")}>
          <Segmented
            label={t("settings.theme")}
            value={theme}
            onChange={(next) => {
              setTheme(next);
              applyTheme(next);
            }}
            options={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          />
        </Choice>
        <Choice label={t("settings.zone")} hint={t("settings.zone.hint")}>
          <Segmented
            label={t("settings.zone")}
            value={zone}
            onChange={(next) => {
              setZone(next);
              applyZone(next);
            }}
            options={DISPLAY_ZONES.map((value) => ({ value, label: t(`settings.zone.${value}`) }))}
          />
        </Choice>
        <Choice
          label={t("settings.browser_notices")}
          hint={blocked ? t("settings.browser_notices.blocked") : t("settings.browser_notices.hint")}
        >
          <Segmented
            label={t("settings.browser_notices")}
            value={notices}
            onChange={async (next) => {
              const set = await setBrowserNotices(next);
              setNotices(set);
              setBlocked(set !== next);
            }}
            options={BROWSER_NOTICES.map((value) => ({
              value,
              label: t(`settings.browser_notices.${value}`),
            }))}
          />
        </Choice>
      </div>
    </Panel>
  );
}

function Choice({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium text-table">{label}</p>
        {hint ? <p className="text-cap text-fg-2">{hint}</p> : null}
      </div>
      {children}
    </div>
  );
}
