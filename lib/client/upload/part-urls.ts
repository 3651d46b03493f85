import { SIGNED_AT_ONCE, SignedPartsView } from "@/lib/contracts/browser-upload";
import { apiSend } from "../api";

/** A URL that is nearly over may be over when the part's turn on the line comes. */
const SPARE_MS = 60_000;

/** URLs of parts: asked for in batches, kept until they expire. */
export class PartUrls {
  private readonly known = new Map<number, { url: string; until: number }>();
  private asking: Promise<void> | null = null;

  constructor(
    private readonly path: string,
    /** Numbers that will be wanted soon, the next first. */
    private readonly upcoming: () => number[],
  ) {}

  async take(number: number): Promise<string> {
    for (;;) {
      const found = this.known.get(number);
      this.known.delete(number);
      if (found && found.until > performance.now()) return found.url;
      this.asking ??= this.ask(number).finally(() => {
        this.asking = null;
      });
      await this.asking;
    }
  }

  private async ask(number: number): Promise<void> {
    const wanted = this.upcoming().filter((next) => next !== number && !this.known.has(next));
    const numbers = [number, ...wanted.slice(0, SIGNED_AT_ONCE - 1)];
    const answer = await apiSend("POST", `${this.path}/urls`, { numbers }, SignedPartsView);
    const until = performance.now() + answer.validSeconds * 1000 - SPARE_MS;
    for (const { number: signed, url } of answer.urls) this.known.set(signed, { url, until });
  }
}
