import type { Locale } from "./locale";

const collators = new Map<Locale, Intl.Collator>();

/** Order of names as people of the language expect it, digits by value: log2 before log10. */
export function compareNames(a: string, b: string, locale: Locale): number {
  let collator = collators.get(locale);
  if (!collator) {
    collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
    collators.set(locale, collator);
  }
  return collator.compare(a, b);
}
