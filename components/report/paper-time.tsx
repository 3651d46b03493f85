import { buildAxis, type TimeAxis } from "@/components/migration/timeline/time-axis";
import type { OutlookPart } from "@/lib/contracts/outlook";
import type { ReportView } from "@/lib/contracts/report";
import { usePaper } from "./paper-context";
import { PaperSection } from "./paper-parts";

/** A label on paper is as wide as so much of the plot. */
const TICK_ROOM_PERCENT = 14;
const ROW_HEIGHT = 16;
/** Parts that only wait for RDS: their hours may be cut out of the axis. */
const LONG: ReadonlySet<OutlookPart["part"]> = new Set(["restore", "check", "rounds"]);

interface Span {
  fromMs: number;
  toMs: number;
}

interface Row {
  part: OutlookPart["part"];
  plan: Span | null;
  actual: Span | null;
  open: boolean;
}

/** The plan as it was when the migration started, and what came of it, on one axis. */
export function PaperTime({ report }: { report: ReportView }) {
  const { t, zone, duration } = usePaper();
  const { outlook } = report;
  if (outlook === null) return null;
  const printedMs = Date.parse(report.printedAt);
  const rows = outlook.parts
    .map((part) => rowOf(part, printedMs))
    .filter(({ plan, actual }) => plan !== null || actual !== null);
  if (rows.length === 0) return null;
  const spans = rows.flatMap(({ part, plan, actual }) =>
    [plan, actual].flatMap((span) => (span === null ? [] : [{ ...span, long: LONG.has(part) }])),
  );
  const axis = buildAxis(spans, null, TICK_ROOM_PERCENT);
  const behind = outlook.behindSeconds;
  const online = report.migration.cutover?.onlineAt != null;
  return (
    <PaperSection
      title={t("report.time.title")}
      note={outlook.plan ? t("report.time.note", { zone }) : t("report.time.note.no_plan", { zone })}
      whole
    >
      <table className="paper-time">
        <caption>{t("report.time.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("report.time.part")}</th>
            <td className="paper-plot">
              <Ticks axis={axis} />
            </td>
            <th scope="col" className="paper-number">
              {t("report.time.plan")}
            </th>
            <th scope="col" className="paper-number">
              {t("report.time.actual")}
            </th>
            <th scope="col" className="paper-number">
              {t("report.time.difference")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TimeRow key={row.part} row={row} axis={axis} down={downOf(report)} />
          ))}
        </tbody>
      </table>
      {online && behind !== null && behind !== 0 ? (
        <p>
          {behind > 0
            ? t("report.time.late", { by: duration(behind * 1000) })
            : t("report.time.early", { by: duration(-behind * 1000) })}
        </p>
      ) : null}
    </PaperSection>
  );
}

function rowOf({ part, plan, actual }: OutlookPart, printedMs: number): Row {
  return {
    part,
    plan: plan && { fromMs: Date.parse(plan.startAt.p50), toMs: Date.parse(plan.endAt.p50) },
    actual: actual && {
      fromMs: Date.parse(actual.startAt),
      toMs: actual.endAt === null ? printedMs : Date.parse(actual.endAt),
    },
    open: actual !== null && actual.endAt === null,
  };
}

/** From the stop of writes to online. */
function downOf({ migration: { cutover }, printedAt }: ReportView): Span | null {
  if (!cutover?.writesStoppedAt) return null;
  return {
    fromMs: Date.parse(cutover.writesStoppedAt),
    toMs: Date.parse(cutover.onlineAt ?? printedAt),
  };
}

function Ticks({ axis }: { axis: TimeAxis }) {
  const { at, duration } = usePaper();
  return (
    <svg width="100%" height={26} aria-hidden="true" role="presentation">
      {axis.ticks.map(({ atMs, left }) => (
        <text key={atMs} x={`${left}%`} y={22} textAnchor={left < 5 ? "start" : left > 92 ? "end" : "middle"}>
          {at(atMs, axis.tickStyle)}
        </text>
      ))}
      {axis.breaks.map(({ fromMs, toMs, left, width }) => (
        <text key={fromMs} x={`${left + width / 2}%`} y={10} textAnchor="middle">
          {duration(toMs - fromMs)}
        </text>
      ))}
    </svg>
  );
}

function TimeRow({ row, axis, down }: { row: Row; axis: TimeAxis; down: Span | null }) {
  const { t, duration } = usePaper();
  const { part, plan, actual, open } = row;
  const length = (span: Span) => span.toMs - span.fromMs;
  const planned = plan ? duration(length(plan)) : "–";
  const took = actual === null ? "–" : open ? t("report.time.open") : duration(length(actual));
  const difference = plan && actual && !open ? length(actual) - length(plan) : null;
  const name = t(`plan.part.${part}`);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="paper-plot">
        <svg width="100%" height={ROW_HEIGHT} role="img">
          <title>{t("report.time.bar", { part: name, planned, actual: took })}</title>
          {axis.breaks.map(({ fromMs, left, width }) => (
            <rect
              key={fromMs}
              className="paper-break"
              x={`${left}%`}
              y={0}
              width={`${width}%`}
              height="100%"
            />
          ))}
          {axis.ticks.map(({ atMs, left }) => (
            <line key={atMs} x1={`${left}%`} x2={`${left}%`} y1={0} y2="100%" />
          ))}
          {actual ? <Bar className="paper-bar" span={actual} axis={axis} y={3} height={8} /> : null}
          {actual && down ? (
            <Bar className="paper-down" span={overlap(actual, down)} axis={axis} y={3} height={8} />
          ) : null}
          {plan ? <Bar className="paper-plan" span={plan} axis={axis} y={13} height={2} /> : null}
        </svg>
      </td>
      <td className="paper-number">{planned}</td>
      <td className="paper-number">
        <b>{took}</b>
      </td>
      <td className="paper-number">
        {difference === null ? "–" : `${difference < 0 ? "−" : "+"}${duration(Math.abs(difference))}`}
      </td>
    </tr>
  );
}

/** Null where they do not touch. */
function overlap(one: Span, other: Span): Span | null {
  const both = { fromMs: Math.max(one.fromMs, other.fromMs), toMs: Math.min(one.toMs, other.toMs) };
  return both.toMs > both.fromMs ? both : null;
}

interface BarProps {
  className: string;
  span: Span | null;
  axis: TimeAxis;
  y: number;
  height: number;
}

function Bar({ className, span, axis, y, height }: BarProps) {
  if (span === null) return null;
  const left = axis.place(span.fromMs);
  // What is shorter than a hair is still there.
  const width = Math.max(0.4, axis.place(span.toMs) - left);
  return <rect className={className} x={`${left}%`} y={y} width={`${width}%`} height={height} rx={1} />;
}
