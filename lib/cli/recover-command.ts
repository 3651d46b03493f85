import { RecoveredView } from "@/lib/contracts/people";
import { type AppError, isAppError } from "@/lib/diagnosis/app-error";
import { recoverAdministrator } from "@/lib/services/people/administrators";
import { type Config, readConfig } from "@/lib/start/config";
import { onConfiguredStore } from "@/lib/start/on-configured-store";
import { TERMINAL } from "@/lib/start/open-for";
import { readServing } from "@/lib/start/serving-file";
import { askDashboard } from "./ask-dashboard";
import { errorSentence } from "./error-sentence";

/**
 * `chainferry recover [NAME]`: a link that signs an administrator in once, within 15 minutes; without a name the one who was first.
 * Works beside a running dashboard of this data folder and without one. Returns the exit code.
 */
export async function runRecoverCommand(
  name: string | null,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const config = readConfig(environment);
  try {
    const url = await readServing(config.dataFolder);
    const link = await recoverHere(config, name).catch((error: unknown) => {
      if (!isAppError(error) || error.fields.reason !== "store_locked") throw error;
      return recoverThere(config, name, error);
    });
    const page = `${url ?? "http://127.0.0.1:3000"}/enter#${link.token}`;
    process.stdout.write(`Good once, until ${link.expiresAt}, for ${link.name}:\n${page}\n`);
    return 0;
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`chainferry recover: ${errorSentence(error)}\n`);
    return 1;
  }
}

function recoverHere(config: Config, name: string | null) {
  return onConfiguredStore(config, ({ ctxFor }) =>
    recoverAdministrator({ ctx: ctxFor(TERMINAL), input: { name } }),
  );
}

/** By the dashboard that has the store; where none has, what keeps us out is thrown. */
async function recoverThere(config: Config, name: string | null, locked: AppError) {
  const body = await askDashboard(config.dataFolder, "/api/recovery", { name });
  if (body === null) throw locked;
  return RecoveredView.parse(body);
}
