import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { LOCALE_COOKIE, type Locale, pickLocale } from "@/lib/format/locale";
import type { MessageKey } from "@/lib/i18n/message-key";
import { createTranslator } from "@/lib/i18n/translator";

/** The language of this request: the cookie's, else the browser's. */
export async function requestLocale(): Promise<Locale> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return pickLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
}

/** Metadata of a page whose title is one text. */
export async function pageTitle(key: MessageKey): Promise<Metadata> {
  return { title: createTranslator(await requestLocale()).t(key) };
}
