"use client";

import { useEffect, useRef } from "react";
import { useT } from "@/components/shell/i18n-provider";
import { useFormat } from "@/components/shell/use-format";
import { Tag } from "@/components/ui/badge";
import { Lsn, Mono } from "@/components/ui/mono";
import { Skeleton } from "@/components/ui/skeleton";
import { Td, Tr } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import type { ObjectHeaderView, ObjectView } from "@/lib/contracts/catalog";
import type { ObjectJudgement } from "./judge-object";
import { JudgementNote } from "./judgement-note";
import { releaseOfVersion } from "./server-release";

interface ObjectRowProps {
  object: ObjectView;
  header: ObjectHeaderView | undefined;
  headerError: string | null;
  judgement: ObjectJudgement | null;
  group: string;
  checked: boolean;
  fits: string;
  onChoose: () => void;
  /** Called when the row first comes on screen: then its header is worth reading. */
  onSeen: () => void;
}

/** An object and what its header says, whatever its name or suffix. */
export function ObjectRow(props: ObjectRowProps) {
  const { object, header, headerError, judgement, group, checked, fits, onChoose, onSeen } = props;
  const { t } = useT();
  const format = useFormat();
  const row = useFirstSight(onSeen);
  const set = header?.sets[0];
  const mayChoose = judgement === null || judgement.verdict === "fits";
  const type = set ? <Tag>{t(`wizard.object.type.${set.type}`)}</Tag> : null;
  const says = headerError ? (
    <span className="text-status-warning">
      {t("wizard.object.headerError")}: {headerError}
    </span>
  ) : header ? (
    <>
      {set ? <HeaderWords header={header} /> : null}
      {judgement ? <JudgementNote judgement={judgement} fits={fits} /> : null}
    </>
  ) : (
    <span role="status" aria-label={t("wizard.object.reading")}>
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
    release && t("wizard.object.version", { version: release.label }),
    set.compressed && t("wizard.object.compressed"),
    set.copyOnly && t("wizard.object.copyOnly"),
    set.tail && t("wizard.object.tail"),
  ].filter((fact) => typeof fact === "string");
  return (
    <>
      <span className="block">
        <b className="text-fg">{set.databaseName ?? "–"}</b>{" "}
        {set.serverName ? t("wizard.object.from", { server: set.serverName }) : null}
      </span>
      {facts.length > 0 ? <span className="block">{facts.join(" · ")}</span> : null}
    </>
  );
}

function useFirstSight(onSeen: () => void) {
  const row = useRef<HTMLTableRowElement>(null);
  const told = useRef(onSeen);
  told.current = onSeen;
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      told.current();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return row;
}
