import { z } from "zod";
import { RecordTaskView } from "@/lib/contracts/record";
import type { RecordsFilter } from "@/lib/contracts/record-input";

const TaskStatus = RecordTaskView.shape.status;
export type RecordStatus = z.infer<typeof TaskStatus>;

const RecordsUrl = z.object({
  connectionId: z.string().min(1).max(64).nullable().catch(null),
  instanceId: z.string().min(1).max(64).nullable().catch(null),
  /** Calendar days, UTC, inclusive; null: the last week. */
  from: z.iso.date().nullable().catch(null),
  to: z.iso.date().nullable().catch(null),
  /** Part of a database name. */
  q: z.string().max(128).catch(""),
  status: z.array(TaskStatus).catch([]),
  /** The task whose drawer is open. */
  task: z.string().min(1).max(64).nullable().catch(null),
});
export type RecordsUrl = z.infer<typeof RecordsUrl>;

/** What the records page shows, from its address. Anything unreadable falls back to its default alone. */
export function parseRecordsUrl(search: URLSearchParams): RecordsUrl {
  return RecordsUrl.parse({
    connectionId: search.get("connectionId"),
    instanceId: search.get("instanceId"),
    from: search.get("from"),
    to: search.get("to"),
    q: search.get("q") ?? "",
    status: search.getAll("status"),
    task: search.get("task"),
  });
}

export function recordsHref(url: RecordsUrl): string {
  const search = new URLSearchParams();
  for (const key of ["connectionId", "instanceId", "from", "to", "task"] as const) {
    const value = url[key];
    if (value !== null) search.set(key, value);
  }
  if (url.q !== "") search.set("q", url.q);
  for (const status of url.status) search.append("status", status);
  return search.size > 0 ? `/records?${search}` : "/records";
}

const DAY_MS = 86_400_000;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The last `days` calendar days up to today, UTC, as RDS counts them. */
export function lastDays(days: number, now: Date): { from: string; to: string } {
  return { from: dayOf(now.getTime() - (days - 1) * DAY_MS), to: dayOf(now.getTime()) };
}

/** The server's filter, once account and instance are known. A range the wrong way round is turned. */
export function filterOf(
  url: RecordsUrl,
  chosen: { connectionId: string; instanceId: string },
  now: Date,
): RecordsFilter {
  const week = lastDays(7, now);
  const from = url.from ?? (url.to !== null && url.to < week.from ? url.to : week.from);
  const to = url.to ?? week.to;
  return from <= to ? { ...chosen, from, to } : { ...chosen, from: to, to: from };
}

/** Whether anything narrows the list beyond account, instance and days. */
export function isNarrowed(url: RecordsUrl): boolean {
  return url.q !== "" || url.status.length > 0;
}

export function narrowTasks(tasks: readonly RecordTaskView[], url: RecordsUrl): RecordTaskView[] {
  const wanted = url.q.toLowerCase();
  return tasks.filter(
    (task) =>
      task.databaseName.toLowerCase().includes(wanted) &&
      (url.status.length === 0 || url.status.includes(task.status)),
  );
}
