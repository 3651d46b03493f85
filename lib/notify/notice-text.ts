import type { Locale } from "@/lib/format/locale";
import { createTranslator } from "@/lib/i18n/translator";
import type { Notice } from "@/lib/migration/vocabulary/notice";

/** One sentence: what happened to whom. Nothing but names of the migration stands in it. */
export function noticeText(
  notice: Notice | "try",
  names: { database: string; instance: string },
  locale: Locale,
): string {
  return createTranslator(locale).t(`notice.${notice}`, names);
}
