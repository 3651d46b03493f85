"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { type CSSProperties, Fragment, useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { actOnWave } from "@/lib/client/wave-queries";
import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";
import { barsOf, placeOf, type Scale, scaleOf, spansDays, ticksOf } from "./lane-plot";
import { MemberStatus } from "./member-status";

const BAR: Record<ReturnType<typeof barsOf>[number]["kind"], string> = {
  done: "h-2.5 rounded-xs bg-status-success-fill",
  running: "h-2.5 rounded-xs bg-status-info-fill",
  held: "h-2.5 rounded-xs bg-status-danger-fill",
  foreseen: "h-2.5 rounded-xs border border-dashed border-status-neutral-fill",
  cutover: "h-2.5 rounded-xs border-[1.5px] border-fg bg-surface",
  whisker: "h-px bg-fg",
};
const MOST_TICKS = 6;

/** A lane for each member, by instance and place; what is selected can be done to at once. */
export function LanesPanel({ wave }: { wave: WaveView }) {
  const { t } = useT();
  const format = useFormat();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const ids = wave.members.map(({ migration }) => migration.id);
  const chosen = ids.filter((id) => selected.includes(id));
  const now = useNow(wave.status === "running" || wave.status === "paused") || Date.parse(wave.serverNow);
  const scale = scaleOf(wave, now);
  const toggle = (id: string, on: boolean) =>
    setSelected((before) => (on ? [...before, id] : before.filter((one) => one !== id)));
  const groups = wave.instances.length === 0 ? [null] : wave.instances;
  return (
    <Panel title={t("wave.lanes")} actions={<Legend />}>
      {chosen.length > 0 ? <Bulk wave={wave} chosen={chosen} onDone={() => setSelected([])} /> : null}
      <Table compact caption={t("wave.lanes.caption")} tableClassName="lg:min-w-260">
        <TableHead>
          <Th className="w-8">
            <input
              type="checkbox"
              aria-label={t("wave.lanes.all")}
              checked={chosen.length === ids.length}
              onChange={({ target }) => setSelected(target.checked ? ids : [])}
              className="size-4 accent-accent-solid"
            />
          </Th>
          <Th>{t("wave.lanes.database")}</Th>
          <Th>{t("wave.lanes.status")}</Th>
          <Th className="w-2/5 max-lg:hidden">
            <Axis scale={scale} />
          </Th>
          <Th numeric>{t("wave.lanes.online")}</Th>
          <Th numeric className="max-md:hidden">
            {t("wave.lanes.downtime")}
          </Th>
          <Th numeric className="max-md:hidden">
            {t("wave.lanes.imports")}
          </Th>
        </TableHead>
        <tbody>
          {groups.map((instance) => (
            <Fragment key={instance?.instanceId ?? ""}>
              {instance ? (
                <tr className="border-border border-b bg-surface-3">
                  <td colSpan={7} className="px-3 py-1.5 text-cap">
                    <Mono className="mr-4">{instance.instanceId}</Mono>
                    {t("wave.lanes.instance", { used: instance.importsUsed, limit: instance.importsLimit })}
                    {instance.space ? (
                      <span className="ml-4">
                        {t("wave.lanes.space", {
                          free: format.bytes(instance.space.freeBytes),
                          total: format.bytes(instance.space.storageBytes),
                        })}
                      </span>
                    ) : null}
                  </td>
                </tr>
              ) : null}
              {wave.members
                .filter(
                  ({ migration }) => instance === null || migration.target.instanceId === instance.instanceId,
                )
                .map((member) => (
                  <Lane
                    key={member.migration.id}
                    wave={wave}
                    member={member}
                    scale={scale}
                    nowMs={now}
                    selected={chosen.includes(member.migration.id)}
                    onSelect={(on) => toggle(member.migration.id, on)}
                  />
                ))}
            </Fragment>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Legend() {
  const { t } = useT();
  const entries = [
    ["done", "wave.legend.done"],
    ["foreseen", "wave.legend.foreseen"],
    ["cutover", "wave.legend.cutover"],
  ] as const;
  return (
    <span className="flex flex-wrap gap-3 text-cap text-fg-2 max-lg:hidden">
      {entries.map(([kind, text]) => (
        <span key={kind} className="inline-flex items-center gap-1.5">
          <i aria-hidden className={clsx("inline-block w-4", BAR[kind])} />
          {t(text)}
        </span>
      ))}
      <span className="inline-flex items-center gap-1.5">
        <i aria-hidden className="inline-block h-3 w-px bg-fg" />
        {t("wave.legend.now")}
      </span>
    </span>
  );
}

function Axis({ scale }: { scale: Scale }) {
  const { t } = useT();
  const format = useFormat();
  const isLong = spansDays(scale);
  return (
    <span className="relative block h-4">
      <span className="sr-only">{t("wave.lanes.time")}</span>
      {ticksOf(scale, MOST_TICKS).map((ms) => (
        <span
          key={ms}
          aria-hidden
          className="-translate-x-1/2 absolute"
          style={{ left: `${Math.min(94, Math.max(6, placeOf(scale, ms)))}%` }}
        >
          {format.instant(ms, isLong ? undefined : "time")}
        </span>
      ))}
    </span>
  );
}

interface LaneProps {
  wave: WaveView;
  member: WaveMemberView;
  scale: Scale;
  nowMs: number;
  selected: boolean;
  onSelect: (on: boolean) => void;
}

const spanOf = (scale: Scale, fromMs: number, toMs: number): CSSProperties => ({
  left: `${placeOf(scale, fromMs)}%`,
  width: `${placeOf(scale, toMs) - placeOf(scale, fromMs)}%`,
});

function Lane({ wave, member, scale, nowMs, selected, onSelect }: LaneProps) {
  const { t } = useT();
  const format = useFormat();
  const window = wave.cutover?.window ?? null;
  const decides = wave.last?.migrationId === member.migration.id;
  const { migration, place, bytes, foreseen, onlineAt, downtimeSeconds, stoppedAt, stage } = member;
  const online = onlineAt ?? foreseen.online?.p50 ?? null;
  const written = spansDays(scale) ? undefined : ("time" as const);
  const likelyMs = (downtimeSeconds?.p50 ?? 0) * 1_000;
  const tookMs =
    stoppedAt === null ? 0 : (onlineAt === null ? nowMs : Date.parse(onlineAt)) - Date.parse(stoppedAt);
  // One that is down for longer than was likely has passed that, whatever is foreseen.
  const isLonger = stage === "cutting_over" && tookMs > likelyMs;
  const took = stoppedAt !== null && (onlineAt !== null || isLonger) ? tookMs : null;
  const { used, limit } = migration.importsToday;
  const spoken = t("wave.lanes.bar", {
    name: migration.name,
    from: format.instant(scale.fromMs),
    to: format.instant(scale.toMs),
    online: online === null ? "–" : format.instant(online),
  });
  return (
    <Tr selected={selected} className={stage === "stopped" ? "bg-status-danger-tint/40" : ""}>
      <Td>
        <input
          type="checkbox"
          aria-label={t("wave.lanes.select", { name: migration.name })}
          checked={selected}
          onChange={({ target }) => onSelect(target.checked)}
          className="size-4 accent-accent-solid"
        />
      </Td>
      <Td>
        <span className="inline-block w-6 text-fg-3">{place}</span>
        <Link href={`/migrations/${migration.id}`} className="link font-medium wrap-anywhere">
          {migration.name}
        </Link>{" "}
        {bytes === null ? null : <small className="whitespace-nowrap text-fg-2">{format.bytes(bytes)}</small>}{" "}
        {decides ? <Tag>{t("wave.lanes.decides")}</Tag> : null}
      </Td>
      <Td>
        <MemberStatus member={member} wave={wave} />
      </Td>
      <Td className="max-lg:hidden">
        <span role="img" aria-label={spoken} className="relative block h-5">
          {window ? (
            <i
              className="absolute inset-y-0 bg-status-info-tint"
              style={spanOf(scale, Date.parse(window.opensAt), Date.parse(window.closesAt))}
            />
          ) : null}
          {barsOf(member, scale, nowMs).map(({ kind, left, width }) => (
            <i
              key={kind}
              className={clsx("-translate-y-1/2 absolute top-1/2", BAR[kind])}
              style={{ left: `${left}%`, width: `${width}%` }}
            />
          ))}
          <i className="absolute inset-y-0 w-px bg-fg" style={{ left: `${placeOf(scale, nowMs)}%` }} />
        </span>
      </Td>
      <Td numeric>
        {online === null ? "–" : <b className="font-semibold">{format.instant(online, written)}</b>}
        {onlineAt === null && foreseen.online ? (
          <span className="text-cap text-fg-2 max-sm:block">
            {" "}
            –{format.instant(foreseen.online.p90, written)}
          </span>
        ) : null}
      </Td>
      <Td numeric className="max-md:hidden">
        {took !== null
          ? format.duration(took)
          : downtimeSeconds && stage !== "stopped"
            ? `≈ ${format.duration(downtimeSeconds.p50 * 1_000)}`
            : "–"}
      </Td>
      <Td numeric className="max-md:hidden">
        {t("wave.lanes.imports_of", { used, limit })}
      </Td>
    </Tr>
  );
}

/** What can be done to all that are selected. */
function Bulk({ wave, chosen, onDone }: { wave: WaveView; chosen: readonly string[]; onDone: () => void }) {
  const { t } = useT();
  const act = useMutation(actOnWave(useQueryClient(), wave.id));
  const [asks, setAsks] = useState(false);
  const migrationIds = [...chosen];
  const begun = wave.status === "running" || wave.status === "paused";
  const ids = wave.members.map(({ migration }) => migration.id);
  const move = (by: -1 | 1) => act.mutate({ type: "set_places", migrationIds: moved(ids, chosen, by) });
  const names = wave.members.flatMap(({ migration }) =>
    chosen.includes(migration.id) ? [migration.name] : [],
  );
  return (
    <div className="flex flex-wrap items-center gap-2 border-border border-b bg-surface-2 px-4 py-2">
      <b className="font-semibold">{t("wave.bulk.selected", { count: chosen.length })}</b>
      <span className="max-w-100 truncate text-cap text-fg-2 max-sm:hidden">{names.join(", ")}</span>
      {begun ? (
        <span className="ml-auto flex flex-wrap gap-2">
          <Button size="sm" busy={act.isPending} onClick={() => move(-1)}>
            {t("wave.bulk.earlier")}
          </Button>
          <Button size="sm" busy={act.isPending} onClick={() => move(1)}>
            {t("wave.bulk.later")}
          </Button>
          <Button
            size="sm"
            busy={act.isPending}
            onClick={() => act.mutate({ type: "take_log", migrationIds })}
          >
            {t("wave.bulk.take_log")}
          </Button>
          <Button
            size="sm"
            busy={act.isPending}
            onClick={() => act.mutate({ type: "try_again", migrationIds })}
          >
            {t("wave.bulk.try_again")}
          </Button>
          <Button size="sm" variant="danger" onClick={() => setAsks(true)}>
            {t("wave.bulk.leave_out")}
          </Button>
        </span>
      ) : null}
      {act.error && !asks ? (
        <ErrorPanel title={t("wave.act.failed")} error={act.error} className="w-full" />
      ) : null}
      {asks ? (
        <AskDialog
          title={t("wave.leave.title", { count: chosen.length })}
          description={t("wave.leave.text")}
          confirm={t("wave.leave.confirm")}
          danger
          busy={act.isPending}
          error={act.error}
          failed={t("wave.act.failed")}
          onConfirm={() => act.mutate({ type: "leave_out", migrationIds }, { onSuccess: onDone })}
          onClose={() => setAsks(false)}
        />
      ) : null}
    </div>
  );
}

/** All ids, those that are chosen each one place earlier or later; none passes another that is chosen. */
function moved(ids: readonly string[], chosen: readonly string[], by: -1 | 1): string[] {
  const next = [...ids];
  const order = by === -1 ? next.map((_, at) => at) : next.map((_, at) => next.length - 1 - at);
  for (const at of order) {
    const id = next[at];
    const other = next[at + by];
    if (id === undefined || other === undefined || !chosen.includes(id) || chosen.includes(other)) continue;
    next[at] = other;
    next[at + by] = id;
  }
  return next;
}
