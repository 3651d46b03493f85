"use client";

import type { ReactNode } from "react";
import { ClockFace } from "@/components/clock/clock-face";
import { useT } from "@/components/locale/i18n-provider";

interface OnFrame {
  id: string;
  sourceOffsetMinutes: number | null;
}

interface WallFrameProps<M extends OnFrame> {
  migrations: readonly M[];
  /** How many run and are not shown. */
  more: number;
  /** Why what stands there may be old; null: it is not. */
  failure: string | null;
  /** Whether what there is has been read at all. */
  isKnown: boolean;
  /** The reader's own unless said. */
  theme?: "light" | "dark";
  tileOf: (migration: M, index: number) => ReactNode;
  foot?: ReactNode;
}

/** The wall around its tiles: clocks, what is missing, and as many columns as can be read. */
export function WallFrame<M extends OnFrame>({
  migrations,
  more,
  failure,
  isKnown,
  theme,
  tileOf,
  foot,
}: WallFrameProps<M>) {
  const { t } = useT();
  return (
    <main id="main" data-theme={theme} className="flex min-h-dvh flex-col gap-[1vw] bg-bg p-[1.2vw] text-fg">
      <header className="wall-text flex flex-wrap items-baseline justify-between gap-x-[3vw] gap-y-1">
        <h1 className="wall-text font-semibold text-fg-2">{t("shell.product")}</h1>
        <ClockFace
          sourceOffsetMinutes={oneOffset(migrations)}
          className="flex flex-wrap items-baseline gap-x-[2vw] gap-y-1"
        />
      </header>
      {failure === null ? null : (
        <p role="status" className="wall-text font-semibold text-status-warning">
          {failure}
        </p>
      )}
      {isKnown && migrations.length === 0 ? (
        <p className="wall-name grid flex-1 place-content-center text-fg-2">{t("wall.none")}</p>
      ) : null}
      <div
        className={
          migrations.length === 1
            ? "grid flex-1"
            : migrations.length <= 4
              ? "grid flex-1 auto-rows-fr gap-[1vw] lg:grid-cols-2"
              : "grid flex-1 auto-rows-fr gap-[1vw] md:grid-cols-2 xl:grid-cols-3"
        }
      >
        {migrations.map(tileOf)}
      </div>
      {more > 0 ? <p className="wall-text text-fg-2">{t("wall.more", { count: more })}</p> : null}
      {foot}
    </main>
  );
}

/** The clock of all sources that are shown, where it is one. */
function oneOffset(migrations: readonly OnFrame[]): number | null {
  const offsets = new Set(migrations.map((migration) => migration.sourceOffsetMinutes));
  offsets.delete(null);
  const [first = null] = offsets;
  return offsets.size === 1 ? first : null;
}
