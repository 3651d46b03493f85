import type { Locale } from "@/lib/format/locale";
import { en, type Messages } from "./en/index";
import { type Texts, type Translator, translate } from "./translate";
import { zhCn } from "./zh-CN/index";

/** Nested nouns to flat keys `noun.key`. */
export function flattenMessages(messages: Messages): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [noun, texts] of Object.entries(messages)) {
    for (const [key, text] of Object.entries(texts)) flat.set(`${noun}.${key}`, String(text));
  }
  return flat;
}

const catalogues: Record<Locale, Map<string, string>> = {
  en: flattenMessages(en),
  "zh-CN": flattenMessages(zhCn),
};
const cache = new Map<Locale, Translator>();

/** Every text of one language. For the server, the command line and tests: it brings the texts of all languages along. */
export function createTranslator(locale: Locale): Translator {
  const known = cache.get(locale);
  if (known) return known;
  const translator = translate(locale, Object.fromEntries(catalogues[locale]));
  cache.set(locale, translator);
  return translator;
}

/** Whether a `TextScope` holds a key: its noun's texts, or the text itself with those under it. */
export function inScope(key: string, scope: string): boolean {
  return key === scope || key.startsWith(`${scope}.`);
}

/** The texts of some scopes, to be sent to the browser; a scope that does not exist holds none. */
export function pickTexts(locale: Locale, scopes: readonly string[]): Texts {
  const texts = [...catalogues[locale]].filter(([key]) => scopes.some((scope) => inScope(key, scope)));
  return Object.fromEntries(texts);
}
