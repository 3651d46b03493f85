import { TextsView } from "@/lib/contracts/texts";
import type { Locale } from "@/lib/format/locale";
import type { TextScope } from "@/lib/i18n/message-key";
import { apiGet } from "./api";

const asked = new Map<string, Promise<TextsView>>();

/**
 * Texts that the page did not bring along; asked for once, then kept. None when the server cannot be reached, and then asked
 * for again the next time: a page without a sentence is better than no page.
 */
export function loadTexts(locale: Locale, scopes: readonly TextScope[]): Promise<TextsView> {
  const query = new URLSearchParams({ locale, of: scopes.join(",") }).toString();
  const known = asked.get(query);
  if (known) return known;
  const texts = apiGet(`/api/texts?${query}`, TextsView).catch(() => {
    asked.delete(query);
    return {};
  });
  asked.set(query, texts);
  return texts;
}
