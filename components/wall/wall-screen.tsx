"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { ClockFace } from "@/components/clock/clock-face";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useLiveMigration } from "@/components/migration/screen/use-live-migration";
import { migrationListQuery } from "@/lib/client/migration-list-query";
import { migrationQuery } from "@/lib/client/migration-queries";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { chooseForWall } from "./choose-for-wall";
import { WallTile } from "./wall-tile";

/** A browser keeps six connections to a server over HTTP/1.1: two stay free for the list. */
const STREAMS = 4;

/**
 * Everything that runs, or the one migration of `id`, for a screen on a wall: dark unless `?theme=light`, live, without
 * anything to press. The first few are followed by their own feeds; the list, read every two seconds, tells the rest.
 */
export function WallScreen({ id }: { id: string | null }) {
  const { t } = useT();
  const format = useFormat();
  const list = useQuery(migrationListQuery());
  const theme = useSearchParams().get("theme") === "light" ? "light" : "dark";
  const chosen = chooseForWall(list.data?.migrations ?? [], id);
  const { shown, more } = chosen;
  return (
    <main id="main" data-theme={theme} className="flex min-h-dvh flex-col gap-[1vw] bg-bg p-[1.2vw] text-fg">
      <header className="wall-text flex flex-wrap items-baseline justify-between gap-x-[3vw] gap-y-1">
        <h1 className="wall-text font-semibold text-fg-2">{t("shell.product")}</h1>
        <ClockFace
          sourceOffsetMinutes={oneOffset(shown)}
          className="flex flex-wrap items-baseline gap-x-[2vw] gap-y-1"
        />
      </header>
      {list.isError ? (
        <p role="status" className="wall-text font-semibold text-status-warning">
          {list.data
            ? t("wall.stale", { time: format.instant(list.dataUpdatedAt, "seconds") })
            : t("wall.load_failed")}
        </p>
      ) : null}
      {list.data && shown.length === 0 ? (
        <p className="wall-name grid flex-1 place-content-center text-fg-2">{t("wall.none")}</p>
      ) : null}
      <div
        className={
          shown.length === 1
            ? "grid flex-1"
            : shown.length <= 4
              ? "grid flex-1 auto-rows-fr gap-[1vw] lg:grid-cols-2"
              : "grid flex-1 auto-rows-fr gap-[1vw] md:grid-cols-2 xl:grid-cols-3"
        }
      >
        {shown.map((migration, index) =>
          index < STREAMS && migration.finishedAt === null ? (
            <LiveTile key={migration.id} summary={migration} />
          ) : (
            <WallTile key={migration.id} migration={migration} />
          ),
        )}
      </div>
      {more > 0 ? <p className="wall-text text-fg-2">{t("wall.more", { count: more })}</p> : null}
    </main>
  );
}

/** What its own feed says, and what the list says until then. */
function LiveTile({ summary }: { summary: MigrationSummaryView }) {
  const view = useQuery(migrationQuery(summary.id)).data;
  useLiveMigration(summary.id, true);
  if (!view) return <WallTile migration={summary} />;
  // The gap grows by itself: the list has it newer.
  return <WallTile migration={{ ...view, gapSeconds: summary.gapSeconds, forecast: summary.forecast }} />;
}

/** The clock of all sources that are shown, where it is one. */
function oneOffset(shown: readonly MigrationSummaryView[]): number | null {
  const [first, ...others] = new Set(
    shown.flatMap(({ sourceOffsetMinutes: offset }) => (offset === null ? [] : [offset])),
  );
  return first === undefined || others.length > 0 ? null : first;
}
