import type { StepGroup } from "./join-groups";

export type FoldedItem =
  | { type: "group"; group: StepGroup }
  | { type: "fold"; key: string; groups: StepGroup[] };

/** More than this many alike in a row are folded in their middle. */
const FOLD_OVER = 10;
const KEEP_FIRST = 2;
const KEEP_LAST = 3;

/** Long runs of log rounds that succeeded fold into one line with their true count; nothing else ever folds. */
export function foldGroups(groups: readonly StepGroup[]): FoldedItem[] {
  const items: FoldedItem[] = [];
  let run: StepGroup[] = [];
  const flush = () => {
    if (run.length <= FOLD_OVER) {
      items.push(...run.map((group) => ({ type: "group" as const, group })));
    } else {
      const hidden = run.slice(KEEP_FIRST, -KEEP_LAST);
      items.push(...run.slice(0, KEEP_FIRST).map((group) => ({ type: "group" as const, group })));
      items.push({ type: "fold", key: `fold:${hidden[0]?.key}`, groups: hidden });
      items.push(...run.slice(-KEEP_LAST).map((group) => ({ type: "group" as const, group })));
    }
    run = [];
  };
  for (const group of groups) {
    if (group.kind === "file" && group.backup === "log" && group.status === "succeeded" && !group.final) {
      run.push(group);
      continue;
    }
    flush();
    items.push({ type: "group", group });
  }
  flush();
  return items;
}
