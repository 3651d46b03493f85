import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";

/** What a terminal says of an error: its own sentence where it has one, else its reason and what it is about. */
export function errorSentence(error: unknown): string {
  if (isAppError(error) && /^[a-z_]+: [a-z_]+$/.test(error.message)) {
    const params = Object.entries(error.fields.params).map(([key, value]) => `${key} ${value}`);
    return [error.fields.reason.replaceAll("_", " "), ...params].join(", ");
  }
  if (isExternalError(error)) return `${error.fields.system}: ${error.fields.providerMessage}`;
  return error instanceof Error ? error.message : String(error);
}
