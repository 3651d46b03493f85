import { isAppError } from "@/lib/diagnosis/app-error";
import { readConfig } from "@/lib/start/config";
import { rotateKey } from "@/lib/start/rotate-key";
import { errorSentence } from "./error-sentence";

/**
 * `chainferry rotate-key`: seals every saved secret of the configured store with a new key. Stop dashboard and workers before. Returns the exit
 * code: 1 where the store is in use or can't be opened, 2 where secrets were left that no known key opens.
 */
export async function runRotateKeyCommand(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  try {
    const { resealed, unopened, keptKey } = await rotateKey(readConfig(environment));
    process.stdout.write(`${resealed} secrets are sealed with the new key.\n`);
    if (keptKey !== null)
      process.stdout.write(
        `The key before is kept in ${keptKey}: backups of the store made until now need it. Move it away from this machine.\n`,
      );
    else process.stdout.write("CHAINFERRY_SECRET_KEY_OLD is not needed any more.\n");
    for (const row of unopened) process.stderr.write(`No known key opens ${row}: type its secret again.\n`);
    return unopened.length === 0 ? 0 : 2;
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`chainferry rotate-key: ${errorSentence(error)}\n`);
    return 1;
  }
}
