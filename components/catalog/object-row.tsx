"use client";

import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { SourceTime } from "@/components/locale/source-time";
import { Timestamp } from "@/components/locale/timestamp";
import { useFormat } from "@/components/locale/use-format";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Lsn, Mono } from "@/components/ui/mono";
import { Skeleton } from "@/components/ui/skeleton";
import { Td, Tr } from "@/components/ui/table";
import { toApiProblem } from "@/lib/client/api-problem";
import { headerQuery } from "@/lib/client/catalog-queries";
import type { ObjectHeaderView, ObjectView } from "@/lib/contracts/catalog";
import { releaseOfVersion } from "@/lib/migration/server-release";
import type { ObjectJudgement } from "./judge-object";
import { JudgementNote } from "./judgement-note";

interface ObjectRowProps {
  connectionId: string;
  bucket: string;
  object: ObjectView;
  /** Scrolls the list: a row is on screen when it is seen within it. */
  scroller: RefObject<HTMLElement | null>;
  judge: (header: ObjectHeaderView) => ObjectJudgement;
  group: string;
  checked: boolean;
  fits: string;
  choosesAny?: boolean;
  onChoose: () => void;
  onRead: (header: ObjectHeaderView) => void;
}

/** An object and what its header says, whatever its name or suffix; the header is read when the row is looked at. */
export function ObjectRow(props: ObjectRowProps) {
  const {
    connectionId,
    bucket,
    object,
    scroller,
    judge,
    group,
    checked,
    fits,
    choosesAny,
    onChoose,
    onRead,
  } = props;
  const { t } = useT();
  const format = useFormat();
  const [row, seen] = useSeen(scroller);
  const version = `${object.sizeBytes}@${object.lastModifiedAt}`;
  const read = useQuery({ ...headerQuery(connectionId, bucket, object.key, version), enabled: seen });
  const header = read.data;
  const told = useRef(onRead);
  told.current = onRead;
  useEffect(() => {
    if (header) told.current(header);
  }, [header]);
  const judgement = header ? judge(header) : null;
  const set = header?.sets[0];
  const mayChoose = choosesAny || judgement === null || ["fits", "unread"].includes(judgement.verdict);
  const type = set ? (
    <span className="flex flex-wrap gap-1">
      <Tag>{t(`object.type.${set.type}`)}</Tag>
      {set.family.count > 1 ? (
        <Tag>{t("object.stripe", { sequence: set.family.sequence, count: set.family.count })}</Tag>
      ) : null}
      {header.complete ? null : <Tag>{t("object.unfinished")}</Tag>}
    </span>
  ) : null;
  const says = read.isError ? (
    <HeaderFailure error={read.error} busy={read.isFetching} onRetry={() => read.refetch()} />
  ) : header ? (
    <>
      {set ? <HeaderWords header={header} /> : null}
      {judgement ? <JudgementNote judgement={judgement} fits={fits} /> : null}
    </>
  ) : (
    <span role="status" aria-label={t("object.reading")}>
      <Skeleton className="mt-1 h-3 w-44" />
      <Skeleton className="mt-2 h-3 w-28" />
    </span>
  );
  const lsns = set ? (
    <>
      <span className="block">
        <Lsn lsn={set.firstLsn} />
      </span>
      <span className="block">
        <Lsn lsn={set.lastLsn} />
      </span>
    </>
  ) : null;
  return (
    <Tr ref={row} selected={checked} className={mayChoose ? "" : "text-fg-2"}>
      <Td className="w-10 align-top">
        <input
          type="radio"
          name={group}
          value={object.key}
          checked={checked}
          disabled={!mayChoose && !checked}
          onChange={onChoose}
          aria-label={object.key}
          className="mt-0.5 size-4 accent-accent-solid"
        />
      </Td>
      <Td className="align-top">
        <Mono className="wrap-anywhere">{object.key}</Mono>
        <span className="block whitespace-nowrap text-cap text-fg-2">
          {format.bytes(object.sizeBytes)} · <Timestamp at={object.lastModifiedAt} style="short" />
        </span>
        {/* Where the list is narrow the other columns stand under the name. */}
        <div className="mt-1 text-cap @2xl:hidden">
          {type}
          {says}
          {lsns}
        </div>
      </Td>
      <Td className="align-top @max-2xl:hidden">{type}</Td>
      <Td className="align-top text-cap @max-2xl:hidden">{says}</Td>
      <Td className="whitespace-nowrap align-top text-cap @max-2xl:hidden">{lsns}</Td>
    </Tr>
  );
}

function HeaderWords({ header }: { header: ObjectHeaderView }) {
  const { t } = useT();
  const set = header.sets[0];
  if (!set) return null;
  const release = set.softwareVersion ? releaseOfVersion(set.softwareVersion) : null;
  const facts = [
    release && t("object.version", { version: release.label }),
    set.compressed && t("object.compressed"),
    set.copyOnly && t("object.copyOnly"),
    set.tail && t("object.tail"),
    header.sets.length > 1 && t("object.sets", { count: header.sets.length }),
  ].filter((fact) => typeof fact === "string");
  return (
    <>
      <span className="block">
        <b className="text-fg">{set.databaseName ?? "–"}</b>{" "}
        {set.serverName ? t("object.from", { server: set.serverName }) : null}
      </span>
      {set.finishedAt ? (
        <span className="block">
          {t("object.finished")}{" "}
          <SourceTime
            local={set.finishedAt}
            offsetMinutes={set.timeZoneQuarterHours === null ? null : set.timeZoneQuarterHours * 15}
          />
        </span>
      ) : null}
      {facts.length > 0 ? <span className="block">{facts.join(" · ")}</span> : null}
    </>
  );
}

/** Why a header could not be read, and another try: one bad object spoils no other row. */
function HeaderFailure({ error, busy, onRetry }: { error: Error; busy: boolean; onRetry: () => void }) {
  const { t, tx } = useT();
  const { reason, params } = toApiProblem(error);
  return (
    <span className="flex flex-wrap items-center gap-2 text-status-warning">
      <span>
        {t("object.headerError")}: {tx(`error.${reason}`, params, reason)}
      </span>
      <Button size="sm" busy={busy} onClick={onRetry}>
        {t("object.readAgain")}
      </Button>
    </span>
  );
}

/** A row that only flies past while one scrolls is not worth three requests to OSS. */
const DWELL_MS = 120;

function useSeen(scroller: RefObject<HTMLElement | null>): [RefObject<HTMLTableRowElement | null>, boolean] {
  const row = useRef<HTMLTableRowElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        clearTimeout(timer);
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        timer = setTimeout(() => {
          observer.disconnect();
          setSeen(true);
        }, DWELL_MS);
      },
      { root: scroller.current, rootMargin: "80px 0px" },
    );
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [scroller]);
  return [row, seen];
}
