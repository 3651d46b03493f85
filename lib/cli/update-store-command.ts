import { isAppError } from "@/lib/diagnosis/app-error";
import { readConfig } from "@/lib/start/config";
import { updateConfiguredStore } from "@/lib/start/update-configured-store";

/**
 * `chainferry update-store [--grant ROLE]`: brings the configured store up to date as a start does, and lets ROLE run the product on it without
 * being able to change what was recorded; prints the statements. Returns the exit code: 1 where the store can't be opened or DATABASE_URL may
 * not do that.
 */
export async function runUpdateStoreCommand(
  { grant = null }: { grant?: string | null },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  try {
    const { kind, statements } = await updateConfiguredStore(readConfig(environment), { grant });
    process.stdout.write(`The ${kind} store is up to date.\n`);
    if (statements !== null) process.stdout.write(`${statements}\n`);
    return 0;
  } catch (error) {
    if (!isAppError(error) && !(error instanceof Error)) throw error;
    process.stderr.write(`chainferry update-store: ${error.message}\n`);
    return 1;
  }
}
