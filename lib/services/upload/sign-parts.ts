import type { z } from "zod";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { SignedPartsView, SignPartsInput } from "@/lib/contracts/browser-upload";
import { AppError } from "@/lib/diagnosis/app-error";
import { loadOpenUpload, partBytes } from "./load-upload";

/** A part's PUT must begin within this time; a page asks again for what it did not use. */
const VALID_SECONDS = 900;

/** URLs that each allow PUT of one part of this upload and nothing else. The secret they are made with stays here. */
export async function signParts({
  ctx,
  input,
}: Use<{ migrationId: string; uploadId: string } & z.output<typeof SignPartsInput>>): Promise<
  z.input<typeof SignedPartsView>
> {
  requireRole(ctx.actor, "operator");
  const { row, store, part } = await loadOpenUpload(ctx, input);
  const urls: { number: number; url: string }[] = [];
  for (const number of input.numbers) {
    if (partBytes(row, number) === 0) throw new AppError("validation", "upload_part_unknown", { number });
    urls.push({
      number,
      url: await store.browser.presignPart({ ...part, number, seconds: VALID_SECONDS }),
    });
  }
  return { urls, validSeconds: VALID_SECONDS };
}
