"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useMemo } from "react";
import { type Words, WordsProvider } from "@/components/ui/words";
import { LOCALE_COOKIE, type Locale } from "@/lib/format/locale";
import type { TextScope } from "@/lib/i18n/message-key";
import { type Texts, type Translator, translate } from "@/lib/i18n/translate";

interface I18n extends Translator {
  texts: Texts;
  /** What `texts` holds whole. */
  scopes: readonly string[];
}

const I18nContext = createContext<I18n | null>(null);

const YEAR_SECONDS = 31_536_000;

/** Gives its texts, beside those of a provider above it, to everything inside. The server says the language. */
export function I18nProvider({
  locale,
  texts,
  scopes,
  children,
}: {
  locale: Locale;
  texts: Texts;
  scopes: readonly string[];
  children: ReactNode;
}) {
  const above = useContext(I18nContext);
  const value = useMemo(() => {
    const all = { ...above?.texts, ...texts };
    return { ...translate(locale, all), texts: all, scopes: [...(above?.scopes ?? []), ...scopes] };
  }, [locale, above, texts, scopes]);
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

function useI18n(): I18n {
  const value = useContext(I18nContext);
  if (!value) throw new Error("I18nProvider is missing above this component");
  return value;
}

/** `const { t, tx } = useT()`: `t("wizard.title", { count: 3 })`, `tx("error." + reason, params, fallback)`. */
export function useT(): Pick<Translator, "t" | "tx" | "has"> {
  return useI18n();
}

/** Those of the scopes whose texts nobody above has brought along yet. */
export function useMissing(scopes: readonly TextScope[]): readonly TextScope[] {
  const known = useI18n().scopes;
  return scopes.filter((scope) => !known.includes(scope));
}

export function useLocale(): Locale {
  return useI18n().locale;
}

/** Remembers the language and asks the server for the page in it: state stays, all texts change at once. */
export function useSetLocale(): (locale: Locale) => void {
  const router = useRouter();
  return useCallback(
    (next: Locale) => {
      const cookie = `${LOCALE_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      Reflect.set(document, "cookie", cookie);
      router.refresh();
    },
    [router],
  );
}
