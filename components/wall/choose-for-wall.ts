import { wallAlarms } from "./wall-alarms";
import type { OnWall } from "./wall-tile";

/** As many as can be read from four metres. */
const MOST = 9;

/**
 * What a wall shows: the migration of `id` whatever became of it, else all that run; those with alarms first, then in the order
 * in which they began, so that a tile keeps its place. `more`: how many run and are not shown.
 */
export function chooseForWall<M extends OnWall>(
  all: readonly M[],
  id: string | null,
): { shown: M[]; more: number } {
  if (id !== null) return { shown: all.filter((migration) => migration.id === id), more: 0 };
  const running = all
    .filter(({ status }) => !["draft", "succeeded", "cancelled"].includes(status))
    .map((migration) => ({ migration, gravity: gravityOf(migration) }))
    .sort((a, b) => b.gravity - a.gravity || (began(a.migration) < began(b.migration) ? -1 : 1))
    .map(({ migration }) => migration);
  return { shown: running.slice(0, MOST), more: Math.max(0, running.length - MOST) };
}

function gravityOf(migration: OnWall): number {
  const [first] = wallAlarms(migration);
  return first === undefined ? 0 : first.tone === "danger" ? 2 : 1;
}

const began = ({ startedAt, createdAt, id }: OnWall) => `${startedAt ?? createdAt} ${id}`;
