import { z } from "zod";
import { TextsView } from "@/lib/contracts/texts";
import { LOCALES } from "@/lib/format/locale";
import { pickTexts } from "@/lib/i18n/translator";
import { route } from "@/lib/server/route";

/** Of the sign-in page too. What is shown late (a dialog, a failure) asks for its texts when it is: `of` names their scopes, by commas. */
const TextsQuery = z.object({ locale: z.enum(LOCALES), of: z.string().max(1000) });

export const GET = route({
  role: null,
  query: TextsQuery,
  output: TextsView,
  handler: async ({ query }) => pickTexts(query.locale, query.of.split(",")),
});
