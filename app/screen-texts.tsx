import type { ReactNode } from "react";
import { I18nProvider } from "@/components/locale/i18n-provider";
import type { TextScope } from "@/lib/i18n/message-key";
import { pickTexts } from "@/lib/i18n/translator";
import { requestLocale } from "./request-locale";

/** What every page may say: around it, of states, and of a server that cannot be asked for more. */
export const TEXTS_OF_ALL: readonly TextScope[] = [
  "shell",
  "status",
  "format",
  "error.offline",
  "error.timed_out",
  "error.unexpected",
  "error.internal",
  "error.external_failure",
  "error.server_unavailable",
];

/** Sends the texts of a screen with it, in the reader's language only. `of` is held to what its components use, by a test. */
export async function ScreenTexts({ of, children }: { of: readonly TextScope[]; children: ReactNode }) {
  const locale = await requestLocale();
  return (
    <I18nProvider locale={locale} texts={pickTexts(locale, of)} scopes={of}>
      {children}
    </I18nProvider>
  );
}
