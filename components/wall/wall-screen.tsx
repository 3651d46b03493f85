"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useLiveMigration } from "@/components/migration/screen/use-live-migration";
import { migrationListQuery } from "@/lib/client/migration-list-query";
import { migrationQuery } from "@/lib/client/migration-queries";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { chooseForWall } from "./choose-for-wall";
import { WallFrame } from "./wall-frame";
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
  const { shown, more } = chooseForWall(list.data?.migrations ?? [], id);
  const failure = list.data
    ? t("wall.stale", { time: format.instant(list.dataUpdatedAt, "seconds") })
    : t("wall.load_failed");
  return (
    <WallFrame
      migrations={shown}
      more={more}
      failure={list.isError ? failure : null}
      isKnown={list.data !== undefined}
      theme={theme}
      tileOf={(migration, index) =>
        index < STREAMS ? (
          <LiveTile key={migration.id} summary={migration} />
        ) : (
          <WallTile key={migration.id} migration={migration} />
        )
      }
    />
  );
}

/** What its own feed says, and what the list says until then. */
function LiveTile({ summary }: { summary: MigrationSummaryView }) {
  const view = useQuery(migrationQuery(summary.id)).data;
  // One that is over is read once: how its cutover went stands on its page only.
  useLiveMigration(summary.id, summary.finishedAt === null);
  // The gap grows by itself: the list has it newer.
  const { gapSeconds, forecast } = summary;
  return <WallTile migration={view ? { ...view, gapSeconds, forecast } : summary} />;
}
