"use client";

import { useLocale, useSetLocale, useT } from "@/components/locale/i18n-provider";
import type { Locale } from "@/lib/format/locale";

/** The other language, named in itself. */
const OTHER: Record<Locale, { locale: Locale; name: string }> = {
  en: { locale: "zh-CN", name: "中文" },
  "zh-CN": { locale: "en", name: "English" },
};

export function LanguageSwitch() {
  const { t } = useT();
  const setLocale = useSetLocale();
  const other = OTHER[useLocale()];
  return (
    <button
      type="button"
      lang={other.locale}
      title={t("shell.language")}
      onClick={() => setLocale(other.locale)}
      className="min-h-8 rounded-md px-2 font-medium text-cap text-fg-2 hover:bg-surface-2 hover:text-fg"
    >
      {other.name}
    </button>
  );
}
