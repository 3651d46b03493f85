import { formatBytes } from "@/lib/format/format-bytes";
import { formatDuration } from "@/lib/format/format-duration";
import type { Locale } from "@/lib/format/locale";
import { formatMessage } from "./format-message";
import type { MessageKey, MessageParams } from "./message-key";

/** Texts of one language, by `noun.key`: all of them on the server, a screen's in the browser. */
export type Texts = Readonly<Record<string, string>>;

export interface Translator {
  locale: Locale;
  /** The text of a key known at compile time. */
  t: (key: MessageKey, params?: MessageParams) => string;
  /** The text of a key built at run time (`error.${reason}`); `fallback` when there is none. */
  tx: (key: string, params: MessageParams, fallback: string) => string;
  has: (key: string) => boolean;
}

/** Reads the given texts, formatted by ICU MessageFormat. Tags are text: no markup inside messages. */
export function translate(locale: Locale, texts: Texts): Translator {
  const format = (text: string, params: MessageParams) =>
    formatMessage(text, humanParams(params, locale), locale);
  const find = (key: string) => (Object.hasOwn(texts, key) ? texts[key] : undefined);
  return {
    locale,
    has: (key) => find(key) !== undefined,
    t: (key, params = {}) => format(find(key) ?? key, params),
    tx: (key, params, fallback) => {
      const text = find(key);
      if (text === undefined) return fallback;
      try {
        return format(text, params);
      } catch {
        // A fact of an older version may lack a value that the text names: better the fallback than no page.
        return fallback;
      }
    },
  };
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
