import type { Locale } from "./locale";

const rules = new Map<Locale, Intl.PluralRules>();

/** The plural form that a number takes in a language: `one` or `other` in English, always `other` in Chinese. */
export function pluralCategory(value: number, locale: Locale): Intl.LDMLPluralRule {
  let rule = rules.get(locale);
  if (!rule) {
    rule = new Intl.PluralRules(locale);
    rules.set(locale, rule);
  }
  return rule.select(value);
}
