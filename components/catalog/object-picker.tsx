"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListFilter, RefreshCw, Search } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Th } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import { objectsQuery } from "@/lib/client/catalog-queries";
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
  /** Whatever its header says: to look at, not to import. */
  choosesAny?: boolean;
  /** Fixed id of the search, so that a blocker can lead to it. */
  id?: string;
}

const TYPING_PAUSE_MS = 350;

/** Objects of a bucket by prefix with what each header says; headers are read as rows come on screen. */
export function ObjectPicker(props: ObjectPickerProps) {
  const { connectionId, bucket, prefix, selectedKey, onSelect, judge, fits, leading, choosesAny, id } = props;
  const { t } = useT();
  const format = useFormat();
  const group = useId();
  const [typed, setTyped] = useState(prefix);
  const asked = useSettled(typed, TYPING_PAUSE_MS);
  const [wanted, setWanted] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => setTyped(prefix), [prefix]);

  const listing = useInfiniteQuery(objectsQuery(connectionId, bucket, asked));
  const objects = listing.data?.pages.flatMap((page) => page.objects) ?? [];
  const { read, onRead } = useReadings(`${connectionId} ${bucket}`);
  const shown = objects.filter((object) => isWanted(object.key, read.get(object.key), wanted));
  const place = `oss://${bucket}/${asked}`;
  const readings = objects.flatMap(({ key }) => read.get(key) ?? []);
  const count = listing.hasNextPage ? t("object.atLeast", { count: objects.length }) : null;
  const counts =
    readings.length === 0
      ? t("object.counts", { count: objects.length })
      : t("object.countsRead", {
          count: objects.length,
          reads: readings.reduce((sum, { reads }) => sum + reads, 0),
          bytes: format.bytes(readings.reduce((sum, { bytesRead }) => sum + bytesRead, 0)),
        });

  return (
    <div className="panel @container overflow-hidden">
      {leading?.(group)}
      <div className="flex flex-wrap items-center gap-2 border-b border-border p-2">
        <TextInput
          {...(id && { id })}
          icon={Search}
          mono
          aria-label={t("object.prefix")}
          placeholder={t("object.prefix")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="flex-[1_1_220px]"
        />
        <TextInput
          icon={ListFilter}
          aria-label={t("object.filter")}
          placeholder={t("object.filter")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className="flex-[1_1_160px]"
        />
        <span className="text-cap text-fg-2" role="status">
          {listing.isSuccess ? [counts, count].filter(Boolean).join(" · ") : null}
        </span>
        <IconButton
          icon={RefreshCw}
          label={t("object.refresh")}
          onClick={() => listing.refetch()}
          className={listing.isFetching ? "motion-safe:[&>svg]:animate-turn" : ""}
        />
      </div>
      {listing.isError ? (
        <ErrorPanel
          title={t("object.error")}
          error={listing.error}
          onRetry={() => listing.refetch()}
          className="m-2"
        />
      ) : listing.isPending ? (
        <SkeletonLines lines={3} label={t("shell.loading")} className="p-4" />
      ) : objects.length === 0 ? (
        <p className="px-4 py-6 text-center text-fg-2 text-table">
          {t("object.none")} {t("object.none.hint")}
        </p>
      ) : (
        <div ref={scroller} className="max-h-105 overflow-y-auto">
          <Table compact caption={t("object.caption", { place })}>
            <TableHead>
              <Th>
                <span className="sr-only">{t("object.col.choose")}</span>
              </Th>
              <Th className="@2xl:min-w-50">{t("object.col.object")}</Th>
              <Th className="@max-2xl:hidden">{t("object.col.type")}</Th>
              <Th className="min-w-56 @max-2xl:hidden">{t("object.col.header")}</Th>
              <Th className="@max-2xl:hidden">{t("object.col.lsn")}</Th>
            </TableHead>
            <tbody>
              {shown.map((object) => (
                <ObjectRow
                  key={`${object.key} ${object.lastModifiedAt}`}
                  connectionId={connectionId}
                  bucket={bucket}
                  object={object}
                  scroller={scroller}
                  judge={judge}
                  group={group}
                  checked={selectedKey === object.key}
                  fits={fits}
                  {...(choosesAny && { choosesAny })}
                  onChoose={() => onSelect(object.key)}
                  onRead={onRead}
                />
              ))}
            </tbody>
          </Table>
          {shown.length === 0 ? (
            <p className="px-4 py-6 text-center text-fg-2 text-table">
              {t("object.filteredOut", { count: objects.length })}
            </p>
          ) : null}
          {listing.hasNextPage ? (
            <div className="border-t border-border p-2">
              <Button size="sm" busy={listing.isFetchingNextPage} onClick={() => listing.fetchNextPage()}>
                {t("object.more")}
              </Button>
            </div>
          ) : null}
        </div>
      )}
    </div>
  );
}

/** What the rows have read so far, by key; begun anew for another bucket. */
function useReadings(place: string) {
  const [state, setState] = useState({ place, read: NOTHING });
  const read = state.place === place ? state.read : NOTHING;
  const onRead = useCallback(
    (header: ObjectHeaderView) =>
      setState((before) => {
        const known = before.place === place ? before.read : NOTHING;
        return known.get(header.key) === header
          ? before
          : { place, read: new Map(known).set(header.key, header) };
      }),
    [place],
  );
  return { read, onRead };
}

const NOTHING: ReadonlyMap<string, ObjectHeaderView> = new Map();

/** Text is looked for in the key and, once the header is read, in the names of database and server. */
function isWanted(key: string, header: ObjectHeaderView | undefined, text: string): boolean {
  const needle = text.trim().toLowerCase();
  if (needle === "") return true;
  const set = header?.sets[0];
  return [key, set?.databaseName, set?.serverName].some((hay) => hay?.toLowerCase().includes(needle));
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
