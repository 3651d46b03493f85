import "@fontsource-variable/inter/wght.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { QueryProvider } from "@/components/shell/query-provider";
import { THEME_BEFORE_PAINT } from "@/components/shell/theme";
import { AnnouncerProvider } from "@/components/ui/announcer";
import { createTranslator } from "@/lib/i18n/translator";
import { NONCE_HEADER } from "@/lib/server/page-policy";
import { requestLocale } from "./request-locale";
import { ScreenTexts, TEXTS_OF_ALL } from "./screen-texts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = createTranslator(await requestLocale());
  return {
    title: { default: t("shell.product"), template: `%s · ${t("shell.product")}` },
    description: t("shell.description"),
    icons: { icon: "/icon.svg" },
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await requestLocale();
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <html lang={locale} suppressHydrationWarning>
      <head>
        <script nonce={nonce}>{THEME_BEFORE_PAINT}</script>
      </head>
      <body>
        <ScreenTexts of={TEXTS_OF_ALL}>
          <QueryProvider>
            <AnnouncerProvider>{children}</AnnouncerProvider>
          </QueryProvider>
        </ScreenTexts>
      </body>
    </html>
  );
}
