"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useStandingError } from "@/components/failure/use-standing-error";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { replaceQuery } from "@/components/shell/replace-query";
import { ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { SkeletonLines } from "@/components/ui/skeleton";
import { migrationListQuery } from "@/lib/client/migration-list-query";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { arrangeMigrations, type MigrationFilter, NO_FILTER } from "./arrange-migrations";
import { FilterBar } from "./filter-bar";
import { readFilter, writeFilter } from "./filter-url";
import { LaneList } from "./lane-list";
import { useDensity } from "./use-density";

const CompactTable = latePiece({
  texts: ["bulk", "migration", "migrations", "needs", "timeline", "verdict"],
  load: async () => (await import("./compact-table")).CompactTable,
});

const NothingYet = latePiece({
  texts: ["migrations"],
  load: async () => (await import("./nothing-yet")).NothingYet,
});

const NothingMatches = latePiece({
  texts: ["migrations"],
  load: async () => (await import("./nothing-matches")).NothingMatches,
});

const HomeViews = latePiece({
  texts: ["views"],
  load: async () => (await import("@/components/views/saved-views")).SavedViews,
});

/** Home: every migration as a lane, what needs a person first, always fresh. */
export function MigrationsScreen() {
  const { t } = useT();
  const format = useFormat();
  const list = useQuery(migrationListQuery());
  const failure = useStandingError(list);
  return (
    <div className="page">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1>{t("migrations.title")}</h1>
        <div className="flex flex-wrap gap-2">
          <ButtonLink variant="ghost" href="/waves" className="for-unlimited">
            {t("migrations.waves")}
          </ButtonLink>
          <ButtonLink variant="ghost" href="/wall">
            {t("shell.wall")}
          </ButtonLink>
          <ButtonLink variant="primary" icon={Plus} href="/migrations/new">
            {t("migrations.start")}
          </ButtonLink>
        </div>
      </div>
      {list.data ? (
        <>
          {list.isError ? (
            <Callout tone="warning" role="status" className="mt-3">
              {t("migrations.stale", { time: format.instant(list.dataUpdatedAt, "seconds") })}
            </Callout>
          ) : null}
          {list.data.unreadable.map(({ id, name, at }) => (
            <Callout
              key={id}
              tone="danger"
              role="status"
              className="mt-3"
              title={t("migrations.unreadable", { name })}
            >
              {t("migrations.unreadable_at", at)}
            </Callout>
          ))}
          {list.data.migrations.length === 0 && list.data.unreadable.length > 0 ? null : (
            <LoadedMigrations migrations={list.data.migrations} />
          )}
          {list.data.others > 0 ? (
            <Link href="/records/all?kind=migrations" className="link mt-3 inline-block text-table">
              {t("migrations.others", { count: list.data.others })}
            </Link>
          ) : null}
        </>
      ) : failure ? (
        <ErrorPanel
          className="mt-4"
          title={t("migrations.load_failed")}
          error={failure}
          onRetry={() => list.refetch()}
        />
      ) : (
        <SkeletonLines label={t("shell.loading")} lines={9} className="mt-6" />
      )}
    </div>
  );
}

function LoadedMigrations({ migrations }: { migrations: MigrationSummaryView[] }) {
  const filter = readFilter(new URLSearchParams(useSearchParams()));
  const [density, setDensity] = useDensity();
  const arranged = arrangeMigrations(migrations, filter);
  const setFilter = (next: MigrationFilter) => replaceQuery(writeFilter(next));
  if (arranged.total === 0) return <NothingYet />;
  return (
    <>
      <FilterBar
        filter={filter}
        onChange={setFilter}
        arranged={arranged}
        density={density}
        onDensity={setDensity}
      />
      <HomeViews kind="home" search={writeFilter(filter)} />
      {arranged.matching === 0 ? (
        <NothingMatches filter={filter} onClear={() => setFilter(NO_FILTER)} />
      ) : density === "lanes" ? (
        <LaneList arranged={arranged} />
      ) : (
        <CompactTable arranged={arranged} filter={filter} onChange={setFilter} />
      )}
    </>
  );
}
