import { cleanup, render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import type { ReactNode } from "react";
import { onTestFinished, vi } from "vitest";
import { I18nProvider } from "@/components/locale/i18n-provider";
import { QueryProvider } from "@/components/shell/query-provider";
import { AnnouncerProvider } from "@/components/ui/announcer";
import type { Problem } from "@/lib/contracts/problem";
import type { Locale } from "@/lib/format/locale";
import { en } from "@/lib/i18n/en/index";
import type { Translator } from "@/lib/i18n/translate";
import { createTranslator, pickTexts } from "@/lib/i18n/translator";

interface Asked {
  /** As `POST /api/migrations/m/actions`. */
  call: string;
  body: unknown;
}

interface TestPage {
  user: UserEvent;
  /** What the page asked of the server, in order. */
  asked: Asked[];
  /** Where the page went, in order. */
  visited: string[];
  /** The page's texts, to find what is on it. */
  t: Translator["t"];
  rerender: (page: ReactNode) => void;
}

interface TestPageOptions {
  locale?: Locale;
  /** The texts that the page brings along; all of them when not said. */
  scopes?: readonly string[];
  /** JSON by call, as `GET /api/connections`; what is not here answers 404 in problem+json; a `Response` answers itself. */
  answers?: Readonly<Record<string, unknown>>;
}

/** So that nothing on the page asks for texts of its own. */
const EVERYTHING = Object.keys(en);

function problemOf(call: string): Problem {
  const code = "not_found";
  return {
    type: "about:blank",
    title: call,
    status: 404,
    code,
    reason: code,
    params: {},
    requestId: "req-1",
    provider: null,
    invalidParams: [],
  };
}

/** Renders a part of the product inside what every page has, before a server that answers as told. Closed after the test. */
export function openTestPage(
  page: ReactNode,
  { locale = "en", scopes = EVERYTHING, answers = {} }: TestPageOptions = {},
): TestPage {
  const asked: Asked[] = [];
  const visited: string[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    const call = `${init.method} ${path}`;
    asked.push({ call, body: typeof init.body === "string" ? JSON.parse(init.body) : null });
    const answer = answers[call];
    if (answer instanceof Response) return Promise.resolve(answer.clone());
    return Promise.resolve(
      call in answers ? Response.json(answer) : Response.json(problemOf(call), { status: 404 }),
    );
  });
  const go = (href: string) => void visited.push(href);
  const stay = () => {};
  const router: AppRouterInstance = {
    push: go,
    replace: go,
    back: stay,
    forward: stay,
    refresh: stay,
    prefetch: stay,
    bfcacheId: "test",
  };
  const around = (inner: ReactNode) => (
    <AppRouterContext value={router}>
      <I18nProvider locale={locale} texts={pickTexts(locale, scopes)} scopes={scopes}>
        <QueryProvider>
          <AnnouncerProvider>{inner}</AnnouncerProvider>
        </QueryProvider>
      </I18nProvider>
    </AppRouterContext>
  );
  const { rerender } = render(around(page));
  onTestFinished(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
  const { t } = createTranslator(locale);
  return { user: userEvent.setup(), asked, visited, t, rerender: (next) => rerender(around(next)) };
}
