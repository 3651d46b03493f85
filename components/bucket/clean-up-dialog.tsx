"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { QueryError } from "@/components/failure/query-error";
import { Bytes } from "@/components/locale/bytes";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useAnnounce } from "@/components/ui/announcer";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { SkeletonLines } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { cleanUpBucket, leftoversQuery } from "@/lib/client/bucket-queries";
import type { LeftoverView } from "@/lib/contracts/bucket";

/** After the migration: what of it still lies in the bucket, and what of that is to go. The whole list is shown first. */
export function CleanUpDialog({ migrationId, onClose }: { migrationId: string; onClose: () => void }) {
  const { t } = useT();
  const format = useFormat();
  const announce = useAnnounce();
  const leftovers = useQuery(leftoversQuery(migrationId));
  const clean = useMutation(cleanUpBucket(useQueryClient(), migrationId));
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [wantsBucket, setWantsBucket] = useState(false);
  const [confirmName, setConfirmName] = useState("");
  const found = leftovers.data;
  const listed = found?.objects ?? [];
  const chosen = listed.filter((one) => one.kind !== "upload" && !kept.has(one.key));
  const uploads = listed.length - listed.filter((one) => one.kind !== "upload").length;
  const emptied = found !== undefined && found.others === 0 && kept.size === 0;
  const deleteBucket = wantsBucket && emptied;
  const [asked, setAsked] = useState(false);
  const nothing = chosen.length === 0 && uploads === 0 && !deleteBucket;
  const misnamed = deleteBucket && confirmName !== found?.bucket;
  const submit = async () => {
    setAsked(true);
    if (found?.waitsFor !== null || nothing || misnamed) return;
    const keys = chosen.map(({ key }) => key);
    const done = await clean
      .mutateAsync({ keys, abortUploads: true, deleteBucket, confirmName })
      .catch(() => null);
    if (!done) return;
    announce(t("cleanup.done", { count: done.deleted }));
    onClose();
  };
  const toggle = (key: string, goes: boolean) =>
    setKept((before) => {
      const next = new Set(before);
      if (goes) next.delete(key);
      else next.add(key);
      return next;
    });
  return (
    <AskDialog
      size="lg"
      title={t("cleanup.title")}
      description={t("cleanup.text")}
      confirm={t(deleteBucket ? "cleanup.confirm_bucket" : "cleanup.confirm", { count: chosen.length })}
      icon={Trash2}
      keep={t("cleanup.keep")}
      danger
      busy={clean.isPending}
      error={clean.error}
      failed={t("cleanup.failed")}
      onConfirm={submit}
      onClose={onClose}
    >
      {leftovers.isPending ? <SkeletonLines lines={4} label={t("shell.loading")} /> : null}
      <QueryError query={leftovers} title={t("cleanup.load_failed")} />
      {found?.waitsFor ? <Callout tone="warning" title={t(`cleanup.wait.${found.waitsFor}`)} /> : null}
      {found && listed.length === 0 ? <p className="text-table">{t("cleanup.none")}</p> : null}
      {found && listed.length > 0 ? (
        <>
          <p className="text-table">
            {t("cleanup.total", { count: listed.length, size: format.bytes(found.totalBytes) })}
          </p>
          <LeftoverList found={found} kept={kept} onToggle={toggle} />
        </>
      ) : null}
      {found ? (
        <BucketChoice
          found={found}
          possible={emptied}
          wanted={deleteBucket}
          onWant={setWantsBucket}
          confirmName={confirmName}
          onConfirmName={setConfirmName}
          error={asked && misnamed ? t("cleanup.misnamed", { bucket: found.bucket }) : undefined}
        />
      ) : null}
      {asked && nothing ? (
        <p role="alert" className="text-cap text-status-danger">
          {t("cleanup.choose")}
        </p>
      ) : null}
    </AskDialog>
  );
}

function LeftoverList({
  found,
  kept,
  onToggle,
}: {
  found: LeftoverView;
  kept: ReadonlySet<string>;
  onToggle: (key: string, goes: boolean) => void;
}) {
  const { t } = useT();
  return (
    <ul className="max-h-80 overflow-y-auto rounded-md border border-border">
      {found.objects.map(({ key, sizeBytes, kind, uploadId }) => (
        <li
          key={`${kind} ${key} ${uploadId ?? ""}`}
          className="flex items-start justify-between gap-3 border-b border-border px-3 py-2 last:border-b-0"
        >
          {kind === "upload" ? (
            <span className="text-table wrap-anywhere">
              <code>{key}</code>
              <span className="block text-cap text-fg-2">{t("cleanup.upload")}</span>
            </span>
          ) : (
            <Checkbox
              checked={!kept.has(key)}
              onChange={(goes) => onToggle(key, goes)}
              label={<code className="wrap-anywhere">{key}</code>}
              hint={kind === "original" ? t("cleanup.original") : undefined}
            />
          )}
          {kind === "upload" ? null : (
            <span className="flex-none text-table">
              <Bytes bytes={sizeBytes} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function BucketChoice({
  found,
  possible,
  wanted,
  onWant,
  confirmName,
  onConfirmName,
  error,
}: {
  found: LeftoverView;
  possible: boolean;
  wanted: boolean;
  onWant: (wanted: boolean) => void;
  confirmName: string;
  onConfirmName: (name: string) => void;
  error: string | undefined;
}) {
  const { t } = useT();
  if (!possible) {
    return <p className="text-cap text-fg-2">{t("cleanup.bucket_stays", { count: found.others })}</p>;
  }
  return (
    <div>
      <Checkbox checked={wanted} onChange={onWant} label={t("cleanup.bucket", { bucket: found.bucket })} />
      {wanted ? (
        <Field
          label={t("cleanup.confirm_name", { bucket: found.bucket })}
          error={error}
          className="mt-2 max-w-100"
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              value={confirmName}
              onChange={(event) => onConfirmName(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
