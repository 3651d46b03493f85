"use client";

import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { RefreshCw, Search } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useT } from "@/components/shell/i18n-provider";
import { useFormat } from "@/components/shell/use-format";
import { Button } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Th } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import { toApiProblem } from "@/lib/client/api-problem";
import { headerQuery, objectsQuery } from "@/lib/client/catalog-queries";
import type { ObjectHeaderView } from "@/lib/contracts/catalog";
import type { ObjectJudgement } from "./judge-object";
import { ObjectRow } from "./object-row";

interface ObjectPickerProps {
  connectionId: string;
  bucket: string;
  /** Where the search begins; typing another prefix does not change the caller's. */
  prefix: string;
  selectedKey: string | null;
  onSelect: (key: string) => void;
  judge: (header: ObjectHeaderView) => ObjectJudgement;
  /** What to say of an object that may be chosen. */
  fits: string;
  /** A choice above the list that is no object, in the same radio group. */
  leading?: (group: string) => ReactNode;
  /** Fixed id of the search, so that a blocker can lead to it. */
  id?: string;
}

const TYPING_PAUSE_MS = 350;

/** Objects of a bucket by prefix with what each header says; headers are read as rows come on screen. */
export function ObjectPicker(props: ObjectPickerProps) {
  const { connectionId, bucket, prefix, selectedKey, onSelect, judge, fits, leading, id } = props;
  const { t, tx } = useT();
  const format = useFormat();
  const group = useId();
  const [typed, setTyped] = useState(prefix);
  const asked = useSettled(typed, TYPING_PAUSE_MS);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setTyped(prefix), [prefix]);

  const listing = useInfiniteQuery(objectsQuery(connectionId, bucket, asked));
  const objects = listing.data?.pages.flatMap((page) => page.objects) ?? [];
  const headers = useQueries({
    queries: objects.map((object) => ({
      ...headerQuery(connectionId, bucket, object.key, `${object.sizeBytes}@${object.lastModifiedAt}`),
      enabled: seen.has(object.key),
    })),
  });
  const read = headers.flatMap(({ data }) => (data ? [data] : []));
  const place = `oss://${bucket}/${asked}`;
  const counts =
    read.length === 0
      ? t("wizard.object.counts", { count: objects.length })
      : t("wizard.object.countsRead", {
          count: objects.length,
          reads: read.reduce((sum, { reads }) => sum + reads, 0),
          bytes: format.bytes(read.reduce((sum, { bytesRead }) => sum + bytesRead, 0)),
        });

  return (
    <div className="panel @container overflow-hidden">
      {leading?.(group)}
      <div className="flex flex-wrap items-center gap-2 border-b border-border p-2">
        <TextInput
          {...(id && { id })}
          icon={Search}
          mono
          aria-label={t("wizard.object.prefix")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="flex-[1_1_220px]"
        />
        <span className="text-cap text-fg-2" role="status">
          {listing.isSuccess ? counts : null}
        </span>
        <IconButton
          icon={RefreshCw}
          label={t("wizard.object.refresh")}
          onClick={() => listing.refetch()}
          className={listing.isFetching ? "motion-safe:[&>svg]:animate-turn" : ""}
        />
      </div>
      {listing.isError ? (
        <ErrorPanel
          title={t("wizard.object.error")}
          error={listing.error}
          onRetry={() => listing.refetch()}
          className="m-2"
        />
      ) : listing.isPending ? (
        <SkeletonLines lines={3} label={t("shell.loading")} className="p-4" />
      ) : objects.length === 0 ? (
        <p className="px-4 py-6 text-center text-fg-2 text-table">
          {t("wizard.object.none")} {t("wizard.object.none.hint")}
        </p>
      ) : (
        <div className="max-h-105 overflow-y-auto">
          <Table compact caption={t("wizard.object.caption", { place })}>
            <TableHead>
              <Th>
                <span className="sr-only">{t("wizard.object.col.choose")}</span>
              </Th>
              <Th className="@2xl:min-w-50">{t("wizard.object.col.object")}</Th>
              <Th className="@max-2xl:hidden">{t("wizard.object.col.type")}</Th>
              <Th className="min-w-56 @max-2xl:hidden">{t("wizard.object.col.header")}</Th>
              <Th className="@max-2xl:hidden">{t("wizard.object.col.lsn")}</Th>
            </TableHead>
            <tbody>
              {objects.map((object, index) => {
                const result = headers[index];
                const problem = result?.error ? toApiProblem(result.error) : null;
                return (
                  <ObjectRow
                    key={object.key}
                    object={object}
                    header={result?.data}
                    headerError={problem && tx(`error.${problem.reason}`, problem.params, problem.reason)}
                    judgement={result?.data ? judge(result.data) : null}
                    group={group}
                    checked={selectedKey === object.key}
                    fits={fits}
                    onChoose={() => onSelect(object.key)}
                    onSeen={() => setSeen((before) => new Set(before).add(object.key))}
                  />
                );
              })}
            </tbody>
          </Table>
          {listing.hasNextPage ? (
            <div className="border-t border-border p-2">
              <Button size="sm" busy={listing.isFetchingNextPage} onClick={() => listing.fetchNextPage()}>
                {t("wizard.object.more")}
              </Button>
            </div>
          ) : null}
        </div>
      )}
    </div>
  );
}

/** The value once it has stood still for a while. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
