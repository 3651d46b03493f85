"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { NotFoundScreen } from "@/components/shell/late-screens";
import { Callout } from "@/components/ui/callout";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { toApiProblem } from "@/lib/client/api-problem";
import { eventsQuery, migrationQuery } from "@/lib/client/migration-queries";
import type { BackupFileView, MigrationView } from "@/lib/contracts/migration";
import { AdvancePanel } from "../advance/advance-panel";
import { DriftAlarms } from "../alarms/drift-alarms";
import { TimelineChoice } from "../alarms/timeline-choice";
import { OnlineSummary } from "../cutover/online-summary";
import { DraftNotice } from "../header/draft-notice";
import { FactTiles } from "../header/fact-tiles";
import { MigrationTitle } from "../header/migration-title";
import { StageRail } from "../header/stage-rail";
import { TimelineTab } from "../timeline/timeline-tab";
import {
  AftercareTab,
  ChainTab,
  ChecklistSection,
  CustodyNote,
  CutoverDialog,
  DifferentialNote,
  EventsTab,
  FilesTab,
  HoldNote,
  OverActions,
  PreflightTab,
  ProviderTab,
  RehearsalNote,
  TakenBackNote,
  UnreadFiles,
  UploadPanel,
  useTabPreloads,
} from "./late-tabs";
import { useAnnounceChanges } from "./use-announce-changes";
import { useLiveMigration } from "./use-live-migration";
import { useMigrationUrl } from "./use-migration-url";

/** One migration: facts and the advance control on top, views of it below, live. */
export function MigrationScreen({ id }: { id: string }) {
  const { t } = useT();
  const migration = useQuery(migrationQuery(id));
  const view = migration.data;
  const over = view !== undefined && (view.status === "succeeded" || view.status === "cancelled");
  const live = useLiveMigration(id, view !== undefined && view.status !== "draft" && !over);
  useAnnounceChanges(view);
  if (view) {
    return (
      <LoadedMigration
        view={view}
        live={over || view.status === "draft" ? null : live}
        lastGoodMs={migration.dataUpdatedAt}
      />
    );
  }
  if (migration.isError && toApiProblem(migration.error).code === "not_found") return <NotFoundScreen />;
  return (
    <div className="page">
      {migration.isError ? (
        <ErrorPanel
          title={t("migration.load_failed")}
          error={migration.error}
          onRetry={() => migration.refetch()}
        />
      ) : (
        <SkeletonLines label={t("shell.loading")} lines={9} />
      )}
    </div>
  );
}

interface LoadedMigrationProps {
  view: MigrationView;
  live: ReturnType<typeof useLiveMigration> | null;
  lastGoodMs: number;
}

function LoadedMigration({ view, live, lastGoodMs }: LoadedMigrationProps) {
  const { t } = useT();
  const format = useFormat();
  const url = useMigrationUrl();
  const near = useTabPreloads();
  const events = useQuery({ ...eventsQuery(view.id), enabled: view.status !== "draft" }).data;
  if (view.status === "draft") return <DraftNotice view={view} />;
  const online = view.phase === "online" || view.cutover?.onlineAt != null;
  const over = view.status === "succeeded" || view.status === "cancelled";
  return (
    <div className="page">
      <div
        className={clsx(
          "grid gap-x-6 gap-y-4",
          !over && "xl:grid-cols-[minmax(0,1fr)_380px] min-[87.5rem]:grid-rows-[auto_1fr]",
        )}
      >
        <div className="min-w-0">
          <MigrationTitle view={view} live={live} lastGoodMs={lastGoodMs} />
          {view.custody && !online ? <CustodyNote view={view} /> : null}
          {view.armed && !over ? <HoldNote view={view} armed={view.armed} /> : null}
          {view.takenBack && !over ? <TakenBackNote takenBack={view.takenBack} /> : null}
          {view.rehearsal ? <RehearsalNote view={view} /> : null}
          {online ? <OnlineSummary view={view} /> : null}
          {over ? <OverActions view={view} /> : null}
          {online && view.checklist ? <ChecklistSection view={view} only="after" /> : null}
          {online ? null : <FactTiles view={view} />}
        </div>
        {over ? null : (
          <AdvancePanel
            view={view}
            onCutover={() => url.setCutover(true)}
            onShowStep={url.showStep}
            onShowFiles={() => url.setTab("files")}
          />
        )}
        <div
          className={clsx(
            "min-w-0",
            !over && "xl:col-span-2 min-[87.5rem]:col-span-1 min-[87.5rem]:row-start-2",
          )}
        >
          <StageRail stages={view.stages} />
          {over ? null : <TimelineChoice view={view} />}
          {over ? null : <DriftAlarms view={view} />}
          {!over && view.files.filter(waits).length > 1 ? <DifferentialNote view={view} /> : null}
          {!over && view.files.some((file) => file.unread !== null) ? <UnreadFiles view={view} /> : null}
          {view.transport === "browser" && !over ? <UploadPanel view={view} className="mt-4" /> : null}
        </div>
      </div>
      {view.custody && online ? <CustodyNote view={view} /> : null}
      {view.status === "cancelled" ? (
        <Callout tone="neutral" title={t("migration.advance.cancelled")} className="mt-4">
          {t("migration.cancel.remains")}
        </Callout>
      ) : null}
      {live === "stale" ? (
        <Callout tone="warning" role="status" title={t("migration.stale.title")} className="mt-4">
          {t("migration.stale.text", { time: format.instant(lastGoodMs, "seconds") })}
        </Callout>
      ) : null}
      <Tabs
        className="mt-4"
        label={t("migration.tabs")}
        value={url.tab}
        onChange={url.setTab}
        tabs={[
          ...(online && !view.rehearsal
            ? [{ value: "aftercare" as const, label: t("migration.tab.aftercare"), onNear: near.aftercare }]
            : []),
          { value: "timeline", label: t("migration.tab.timeline") },
          { value: "chain", label: t("migration.tab.chain"), onNear: near.chain },
          {
            value: "files",
            label: t("migration.tab.files"),
            count: format.number(view.files.length),
            onNear: near.files,
          },
          { value: "preflight", label: t("migration.tab.preflight"), onNear: near.preflight },
          {
            value: "events",
            label: t("migration.tab.events"),
            onNear: near.events,
            ...(events && { count: format.number(events.length) }),
          },
          { value: "provider", label: t("migration.tab.provider"), onNear: near.provider },
        ]}
      >
        {url.tab === "timeline" ? (
          <TimelineTab view={view} selected={url.step} onSelect={url.setStep} />
        ) : null}
        {url.tab === "aftercare" && online && !view.rehearsal ? <AftercareTab view={view} /> : null}
        {url.tab === "chain" ? <ChainTab view={view} /> : null}
        {url.tab === "files" ? <FilesTab view={view} /> : null}
        {url.tab === "events" ? <EventsTab id={view.id} /> : null}
        {url.tab === "preflight" ? <PreflightTab id={view.id} over={over} /> : null}
        {url.tab === "provider" ? <ProviderTab view={view} /> : null}
      </Tabs>
      {url.cutover ? <CutoverDialog view={view} open onOpenChange={url.setCutover} /> : null}
    </div>
  );
}

/** A log that RDS was not asked to import; which of them the target still needs, the server knows. */
function waits({ type, state }: BackupFileView): boolean {
  return type === "log" && (state === "written" || state === "uploaded" || state === "inspected");
}
