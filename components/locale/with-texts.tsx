"use client";

import { type ComponentType, type ReactNode, Suspense, use } from "react";
import { loadTexts } from "@/lib/client/late-texts";
import type { TextScope } from "@/lib/i18n/message-key";
import { I18nProvider, useLocale, useMissing } from "./i18n-provider";

/**
 * A component that brings texts of its own: they are asked for when it is first shown, and nothing stands in its place until
 * they are there. For what few people see: failures above all, whose texts are many.
 */
export function withTexts<P extends object>(scopes: readonly TextScope[], Inside: ComponentType<P>) {
  return function WithTexts(props: P) {
    return (
      <Suspense>
        <LateTexts scopes={scopes}>
          <Inside {...props} />
        </LateTexts>
      </Suspense>
    );
  };
}

/** Suspends until the texts are there. */
export function LateTexts({ scopes, children }: { scopes: readonly TextScope[]; children: ReactNode }) {
  const locale = useLocale();
  const missing = useMissing(scopes);
  if (missing.length === 0) return children;
  return (
    <I18nProvider locale={locale} texts={use(loadTexts(locale, missing))} scopes={missing}>
      {children}
    </I18nProvider>
  );
}
