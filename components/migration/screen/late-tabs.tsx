"use client";

import { latePiece, usePreload } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { SkeletonLines } from "@/components/ui/skeleton";

function Waiting() {
  const { t } = useT();
  return <SkeletonLines label={t("shell.loading")} lines={6} />;
}

// The tabs behind the first one come when they are chosen, or when pointer or focus is on their names.

export const ChainTab = latePiece({
  texts: ["chain", "files", "migration", "object", "timeline", "verdict"],
  load: async () => (await import("../chain/chain-tab")).ChainTab,
  waiting: <Waiting />,
});

/** Of migrations that are over. */
export const OverActions = latePiece({
  texts: ["aftercare"],
  load: async () => (await import("../aftercare/over-actions")).OverActions,
});

/** Of migrations that are online. */
export const AftercareTab = latePiece({
  texts: ["aftercare", "cleanup", "event"],
  load: async () => (await import("../aftercare/aftercare-tab")).AftercareTab,
  waiting: <Waiting />,
});

export const FilesTab = latePiece({
  texts: ["files", "migration", "migrations", "timeline", "verdict"],
  load: async () => (await import("../files/files-tab")).FilesTab,
  waiting: <Waiting />,
});

export const PreflightTab = latePiece({
  texts: ["connections", "event", "preflight", "probe"],
  load: async () => (await import("../preflight/preflight-tab")).PreflightTab,
  waiting: <Waiting />,
});

export const EventsTab = latePiece({
  texts: [
    "check",
    "cutover",
    "drift",
    "error",
    "event",
    "files",
    "migration",
    "preflight",
    "probe",
    "timeline",
    "verdict",
  ],
  load: async () => (await import("../events/events-tab")).EventsTab,
  waiting: <Waiting />,
});

export const ProviderTab = latePiece({
  texts: ["migration", "provider", "timeline"],
  load: async () => (await import("../provider/provider-tab")).ProviderTab,
  waiting: <Waiting />,
});

/** Of migrations that have closed their source. */
export const CustodyNote = latePiece({
  texts: ["custody"],
  load: async () => (await import("../custody/custody-note")).CustodyNote,
});

/** Of migrations with backups that cannot be read here. */
export const UnreadFiles = latePiece({
  texts: ["files", "unread"],
  load: async () => (await import("../unread/unread-files")).UnreadFiles,
});

/** Of migrations with logs that wait. */
export const DifferentialNote = latePiece({
  texts: ["differential", "migration", "script"],
  load: async () => (await import("../differential/differential-note")).DifferentialNote,
});

/** Of migrations whose newest cutover was taken back by its deadline. */
export const TakenBackNote = latePiece({
  texts: ["cutover", "event", "hook"],
  load: async () => (await import("../cutover/taken-back-note")).TakenBackNote,
});

/** Of migrations whose cutover is armed. */
export const HoldNote = latePiece({
  texts: ["cutover", "error", "readiness"],
  load: async () => (await import("../cutover/hold-note")).HoldNote,
});

/** Of migrations that are online and have lines to be ticked after that. */
export const ChecklistSection = latePiece({
  texts: ["readiness"],
  load: async () => (await import("../cutover/checklist-section")).ChecklistSection,
});

/** Of rehearsals. */
export const RehearsalNote = latePiece({
  texts: ["rehearsal"],
  load: async () => (await import("../rehearsal/rehearsal-note")).RehearsalNote,
});

/** Of migrations whose files are dropped on the page. */
export const UploadPanel = latePiece({
  texts: ["files", "timeline", "upload", "verdict"],
  load: async () => (await import("../uploads/upload-panel")).UploadPanel,
  waiting: <Waiting />,
});

export const CutoverDialog = latePiece({
  texts: [
    "advance",
    "check",
    "cleanup",
    "cutover",
    "event",
    "files",
    "hook",
    "migration",
    "readiness",
    "timeline",
  ],
  load: async () => (await import("../cutover/cutover-dialog")).CutoverDialog,
});

/** What makes a tab come quickly, by its name: called when pointer or focus are near. */
export function useTabPreloads() {
  return {
    aftercare: usePreload(AftercareTab),
    chain: usePreload(ChainTab),
    files: usePreload(FilesTab),
    preflight: usePreload(PreflightTab),
    events: usePreload(EventsTab),
    provider: usePreload(ProviderTab),
  };
}
