"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { useFormat } from "@/components/locale/use-format";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { isBackupKind } from "@/lib/backup/backup-kind";
import type { UploadBoard } from "@/lib/client/upload/upload-board";
import type { UploadItem } from "@/lib/client/upload/upload-item";
import type { MigrationView } from "@/lib/contracts/migration";
import { CancelUploadDialog } from "./begun-row";
import { ItemProgress } from "./item-progress";
import { ItemVerdict } from "./item-verdict";
import { STAGE_TONES } from "./stage-tones";

interface ItemRowProps {
  view: MigrationView;
  item: UploadItem;
  board: UploadBoard;
}

/** One dropped file: what its header says, whether it fits, and how far it is. */
export function ItemRow({ view, item, board }: ItemRowProps) {
  const { t } = useT();
  const format = useFormat();
  const { file, stage, judgement, upload } = item;
  const set = judgement?.set ?? null;
  const receipt = stage === "completed" ? (upload?.receipt ?? null) : null;
  return (
    <li className="py-3" aria-label={file.name}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_320px]">
          <p className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
            <Mono className="font-medium wrap-anywhere">{file.name}</Mono>
            <span className="text-cap text-fg-2">{format.bytes(file.size)}</span>
            <Badge tone={STAGE_TONES[stage]}>{t(`upload.stage.${stage}`)}</Badge>
          </p>
          {set ? (
            <p className="text-table text-fg-2">
              {t("upload.header", {
                type: t(`files.backup.${isBackupKind(set.type) ? set.type : "other"}`),
                database: set.databaseName ?? "–",
                firstLsn: set.firstLsn?.toString() ?? "–",
                lastLsn: set.lastLsn?.toString() ?? "–",
              })}
              {set.finishedAt === null ? null : (
                <>
                  {" · "}
                  <SourceTime
                    local={set.finishedAt}
                    offsetMinutes={set.timeZoneQuarterHours === null ? null : set.timeZoneQuarterHours * 15}
                  />
                </>
              )}
              {item.dropped?.by === "history" ? <> · {t("upload.by_history")}</> : null}
            </p>
          ) : null}
        </div>
        <ItemActions view={view} item={item} board={board} />
      </div>
      <ItemVerdict view={view} item={item} />
      <ItemProgress item={item} />
      {receipt ? (
        <p className="mt-1 flex gap-1.5 text-cap text-fg-2 wrap-anywhere">
          <Check size={14} aria-hidden className="mt-0.5 flex-none text-status-success" />
          {t("upload.receipt", {
            crc: receipt.crc64,
            parts: receipt.parts,
            duration: format.duration(receipt.elapsedMs),
            reused: receipt.partsReused,
            retried: receipt.partsRetried,
            way: receipt.way,
          })}
        </p>
      ) : null}
    </li>
  );
}

function ItemActions({ view, item, board }: ItemRowProps) {
  const { t } = useT();
  const [asking, setAsking] = useState(false);
  const { key, stage, judgement, upload } = item;
  const onLine = stage === "sending" || stage === "paused";
  const anyway = stage === "judged" && judgement !== null && judgement.verdict !== "refused";
  const again = (stage === "failed" && item.failure?.kind !== "file_changed") || stage === "elsewhere";
  const offLine = ["judged", "queued", "failed", "completed", "elsewhere"].includes(stage);
  return (
    <div className="flex flex-wrap gap-2">
      {stage === "sending" ? (
        <Button size="sm" onClick={() => board.pause(key)}>
          {t("upload.pause")}
        </Button>
      ) : null}
      {stage === "paused" ? (
        <Button size="sm" variant="primary" onClick={() => board.resume(key)}>
          {t("upload.resume")}
        </Button>
      ) : null}
      {anyway ? (
        <Button size="sm" onClick={() => board.send(key)}>
          {t(judgement.verdict === "early" ? "upload.send_early" : "upload.send_anyway")}
        </Button>
      ) : null}
      {again && item.dropped ? (
        <Button size="sm" variant="primary" onClick={() => board.send(key)}>
          {t("shell.retry")}
        </Button>
      ) : null}
      {onLine && upload ? (
        <Button size="sm" onClick={() => setAsking(true)}>
          {t("upload.cancel")}
        </Button>
      ) : null}
      {offLine ? (
        <Button size="sm" variant="ghost" onClick={() => board.remove(key)}>
          {t("upload.remove")}
        </Button>
      ) : null}
      {asking && upload ? (
        <CancelUploadDialog
          migrationId={view.id}
          upload={upload}
          onClose={() => setAsking(false)}
          onCancelled={() => board.remove(key)}
        />
      ) : null}
    </div>
  );
}
