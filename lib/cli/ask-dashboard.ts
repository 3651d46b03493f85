import { Problem } from "@/lib/contracts/problem";
import { AppError } from "@/lib/diagnosis/app-error";
import { askServing } from "@/lib/start/serving-file";

/**
 * What the dashboard of a data folder answers to this machine's own command, as JSON; null where there is none.
 * @throws AppError what it refuses with; Error for an answer that is not one of ours.
 */
export async function askDashboard(dataFolder: string, path: string, body: unknown): Promise<unknown> {
  // A kill leaves word of one that is gone.
  const answer = await askServing(dataFolder, path, body).catch(() => null);
  if (answer === null) return null;
  const said: unknown = await answer.json();
  if (answer.ok) return said;
  const { data: problem } = Problem.safeParse(said);
  if (problem === undefined) throw new Error(`The dashboard refused: ${answer.status}`);
  throw new AppError(problem.code, problem.reason, problem.params);
}
