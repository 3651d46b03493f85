"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { type Words, WordsProvider } from "@/components/ui/words";
import { LOCALE_COOKIE, type Locale } from "@/lib/format/locale";
import { createTranslator, type Translator } from "@/lib/i18n/translator";

interface I18n extends Translator {
  setLocale: (locale: Locale) => void;
}

const I18nContext = createContext<I18n | null>(null);

const YEAR_SECONDS = 31_536_000;

/** Gives texts to everything inside. The server says the first language (cookie, else the browser's). */
export function I18nProvider({ locale: initial, children }: { locale: Locale; children: ReactNode }) {
  const [locale, setState] = useState(initial);
  const router = useRouter();
  const setLocale = useCallback(
    (next: Locale) => {
      rememberLocale(next);
      setState(next);
      router.refresh();
    },
    [router],
  );
  const value = useMemo(() => ({ ...createTranslator(locale), setLocale }), [locale, setLocale]);
  const words = useMemo(() => wordsOfPrimitives(value), [value]);
  return (
    <I18nContext.Provider value={value}>
      <WordsProvider words={words}>{children}</WordsProvider>
    </I18nContext.Provider>
  );
}

function wordsOfPrimitives({ t }: Translator): Words {
  return {
    close: t("shell.close"),
    copy: t("shell.copy"),
    copied: t("shell.copied"),
    copyFailed: t("shell.copy_failed"),
  };
}

function rememberLocale(locale: Locale): void {
  document.documentElement.lang = locale;
  const cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  Reflect.set(document, "cookie", cookie);
}

function useI18n(): I18n {
  const value = useContext(I18nContext);
  if (!value) throw new Error("I18nProvider is missing above this component");
  return value;
}

/** `const { t, tx } = useT()`: `t("wizard.title", { count: 3 })`, `tx("error." + reason, params, fallback)`. */
export function useT(): Pick<Translator, "t" | "tx" | "has"> {
  return useI18n();
}

export function useLocale(): Locale {
  return useI18n().locale;
}

export function useSetLocale(): (locale: Locale) => void {
  return useI18n().setLocale;
}
