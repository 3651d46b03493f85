import { z } from "zod";
import type { ServiceOptions } from "./service-plan";

/** What was said when a service was installed, and counts for the next release too. */
const ServiceChoice = z.object({
  dataFolder: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  sandbox: z.boolean(),
});
export type ServiceChoice = z.infer<typeof ServiceChoice>;

const MARK = "chainferry-service:";

/** One line, for a comment of a unit file or of XML, where no two hyphens may follow each other. */
export function choiceLine({ dataFolder, port, sandbox }: ServiceOptions): string {
  const text = JSON.stringify({ dataFolder, port, sandbox } satisfies ServiceChoice);
  return `${MARK} ${text.replaceAll("-", "\\u002d")}`;
}

/** What `choiceLine` has left in a file; null: nothing that can be read. */
export function readChoice(text: string): ServiceChoice | null {
  const said = new RegExp(`${MARK} (\\{.*\\})`).exec(text)?.[1];
  if (said === undefined) return null;
  try {
    return ServiceChoice.parse(JSON.parse(said));
  } catch {
    // Somebody has edited it: what is said now counts, and the platform's defaults.
    return null;
  }
}
