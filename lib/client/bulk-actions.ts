import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { MigrationAction } from "@/lib/contracts/migration";
import { MigrationView } from "@/lib/contracts/migration";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { apiGet, apiSend } from "./api";
import { type ApiProblem, toApiProblem } from "./api-problem";
import { migrationKeys, migrationPath } from "./migration-keys";

type CutoverAction = Extract<MigrationAction, { type: "cutover" }>;

/** What can be asked of many migrations at once. Texts `bulk.*`. */
export type BulkAction =
  | { type: "take_log" | "pause" | "go_on" | "release" | "archive" }
  /** Arms the cutover of each, for a person to release. */
  | ({ type: "hold" } & Pick<CutoverAction, "stopWrites" | "checkMode" | "deadline">);

/** What became of one; `problem` null: it was done. */
export interface BulkOutcome {
  id: string;
  name: string;
  problem: ApiProblem | null;
}

/** What no other migration will be answered otherwise while it lasts: a server that is gone, a session that is over. */
const isOfAll = ({ status, reason }: ApiProblem): boolean =>
  status === 0 || status === 401 || reason === "server_unavailable";

/**
 * Asks each of them, one after another, as its own page would: each is refused or done by itself, with its own entry in events and
 * audit. Where nobody answers any more the rest is not asked. Resolves to those that were asked, in order; never rejects.
 */
export function actOnEach(client: QueryClient, onProgress: (asked: number) => void = () => undefined) {
  return mutationOptions({
    mutationKey: ["migrations", "bulk"],
    mutationFn: async ({
      action,
      migrations,
    }: {
      action: BulkAction;
      migrations: readonly MigrationSummaryView[];
    }): Promise<BulkOutcome[]> => {
      const outcomes: BulkOutcome[] = [];
      for (const migration of migrations) {
        const { id, name } = migration;
        const problem = await ask(action, migration).then(() => null, toApiProblem);
        outcomes.push({ id, name, problem });
        onProgress(outcomes.length);
        if (problem !== null && isOfAll(problem)) break;
      }
      return outcomes;
    },
    onSettled: () => client.invalidateQueries({ queryKey: migrationKeys.all }),
  });
}

async function ask(action: BulkAction, { id, target }: MigrationSummaryView): Promise<void> {
  const act = (body: MigrationAction) => apiSend("POST", `${migrationPath(id)}/actions`, body, MigrationView);
  switch (action.type) {
    case "archive":
      await apiSend("POST", `${migrationPath(id)}/archive`, { archived: true }, MigrationView);
      return;
    case "take_log":
      await act({ type: "take_backup", backup: "log" });
      return;
    case "pause":
    case "go_on": {
      // What limits its uploads stays as it is.
      const { uploadControl } = await apiGet(migrationPath(id), MigrationView);
      await act({
        type: "control_uploads",
        control: { ...uploadControl, paused: action.type === "pause" },
      });
      return;
    }
    case "release":
      await act({ type: "release_hold" });
      return;
    case "hold": {
      const { stopWrites, checkMode, deadline } = action;
      await act({
        ...{ type: "cutover", stopWrites, checkMode, confirmName: target.database ?? "" },
        ...(deadline && { deadline }),
        hold: { by: "person" },
      });
    }
  }
}
