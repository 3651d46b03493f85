import { readServerAddress } from "@/lib/contracts/server-address";
import { AppError } from "@/lib/diagnosis/app-error";

/**
 * The input with its server's address in parts: whoever calls the API may write `tcp:host,1433` as well. Throws AppError
 * `validation`/`address_not_understood` (params address) for one that can't be connected to over TCP.
 */
export function withPlainAddress<Save extends { kind: string; settings: object }>(save: Save): Save {
  const { settings } = save;
  if (save.kind !== "sql_server" || !("host" in settings) || typeof settings.host !== "string") return save;
  const read = readServerAddress(settings.host);
  if (!read.ok) {
    throw new AppError("validation", "address_not_understood", { address: settings.host }, [
      { path: "settings.host", reason: "field_wrong_format" },
    ]);
  }
  const { host, port, instanceName } = read.address;
  const named = port !== null || instanceName !== null;
  return { ...save, settings: { ...settings, host, ...(named ? { port, instanceName } : {}) } };
}
