import { IntlMessageFormat } from "intl-messageformat";
import { formatBytes } from "@/lib/format/format-bytes";
import { formatDuration } from "@/lib/format/format-duration";
import type { Locale } from "@/lib/format/locale";
import { en, type Messages } from "./en/index";
import type { MessageKey, MessageParams } from "./message-key";
import { zhCn } from "./zh-CN/index";

export interface Translator {
  locale: Locale;
  /** The text of a key known at compile time. */
  t: (key: MessageKey, params?: MessageParams) => string;
  /** The text of a key built at run time (`error.${reason}`); `fallback` when there is none. */
  tx: (key: string, params: MessageParams, fallback: string) => string;
  has: (key: string) => boolean;
}

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

/** Texts of one language, formatted by ICU MessageFormat. Tags are text: no markup inside messages. */
export function createTranslator(locale: Locale): Translator {
  const known = cache.get(locale);
  if (known) return known;
  const texts = catalogues[locale];
  const compiled = new Map<string, IntlMessageFormat>();

  const format = (key: string, text: string, params: MessageParams): string => {
    if (!/[{']/.test(text)) return text;
    let message = compiled.get(key);
    if (!message) {
      message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    return String(message.format(humanParams(params, locale)));
  };
  const translator: Translator = {
    locale,
    has: (key) => texts.has(key),
    t: (key, params = {}) => format(key, texts.get(key) ?? key, params),
    tx: (key, params, fallback) => {
      const text = texts.get(key);
      if (text === undefined) return fallback;
      try {
        return format(key, text, params);
      } catch {
        // A fact of an older version may lack a value that the text names: better the fallback than no page.
        return fallback;
      }
    },
  };
  cache.set(locale, translator);
  return translator;
}

/** Names carry their unit: `sizeBytes` reads `742 MiB`, `waitSeconds` `12s`. Other values go in as they are. */
function humanParams(params: MessageParams, locale: Locale): MessageParams {
  const human: MessageParams = {};
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "number" && name.endsWith("Bytes")) human[name] = formatBytes(value, locale);
    else if (typeof value === "number" && name.endsWith("Seconds"))
      human[name] = formatDuration(value * 1000, locale);
    else human[name] = value;
  }
  return human;
}
