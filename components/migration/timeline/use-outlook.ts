import { useQuery } from "@tanstack/react-query";
import { outlookQuery } from "@/lib/client/plan-query";
import type { MigrationView } from "@/lib/contracts/migration";
import type { OutlookView } from "@/lib/contracts/outlook";

/** The migration against its plan; undefined until it is there. Asked for again whenever a step begins or ends. */
export function useOutlook(view: MigrationView): OutlookView | undefined {
  const running = view.finishedAt === null && view.status !== "cancelled";
  const edges = view.steps.reduce((sum, one) => sum + (one.startedAt ? 1 : 0) + (one.finishedAt ? 1 : 0), 0);
  return useQuery(outlookQuery(view.id, edges, running)).data;
}
