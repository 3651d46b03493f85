import { TextsView } from "@/lib/contracts/texts";
import type { Locale } from "@/lib/format/locale";
import type { TextScope } from "@/lib/i18n/message-key";
import { apiGet } from "./api";

/** Milliseconds for which "none" stands: every look at a part of the page asks, and must not wait anew each time. */
const NONE_STANDS_MS = 30_000;

const asked = new Map<string, Promise<TextsView>>();

/**
 * Texts that the page did not bring along; asked for once, then kept. None when the server cannot be reached, and then asked
 * for again after a while: a page without a sentence is better than no page.
 */
export function loadTexts(locale: Locale, scopes: readonly TextScope[]): Promise<TextsView> {
  const query = new URLSearchParams({ locale, of: scopes.join(",") }).toString();
  const known = asked.get(query);
  if (known) return known;
  const texts = apiGet(`/api/texts?${query}`, TextsView).catch(() => {
    setTimeout(() => asked.delete(query), NONE_STANDS_MS);
    return {};
  });
  asked.set(query, texts);
  return texts;
}
