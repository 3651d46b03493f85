import { AppError } from "@/lib/diagnosis/app-error";

/** A request's header that says who is on the other end; set by the server, whatever the request said. */
export const CLIENT_HEADER = "x-chainferry-client";

/** Each is a connection that stays, and is written to with every change of what it shows. */
export interface StreamLimits {
  perClient: number;
  inTotal: number;
}

/** A client is a person, or where nobody signs in an address, behind which may be an office; nobody keeps more than half of what this process can serve. */
const LIMITS: StreamLimits = { perClient: 300, inTotal: 600 };

/** Counts the live streams of this process. */
export class OpenStreams {
  readonly #byClient = new Map<string, number>();
  readonly #limits: StreamLimits;
  #total = 0;

  constructor(limits: StreamLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Takes a place, and returns what gives it back, once. Throws `rate_limited`/`too_many_streams` where none is left. */
  enter(client: string): () => void {
    const own = this.#byClient.get(client) ?? 0;
    const { perClient, inTotal } = this.#limits;
    if (own >= perClient) throw new AppError("rate_limited", "too_many_streams", { limit: perClient });
    if (this.#total >= inTotal) throw new AppError("rate_limited", "too_many_streams", { limit: inTotal });
    this.#byClient.set(client, own + 1);
    this.#total += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#total -= 1;
      const left = (this.#byClient.get(client) ?? 1) - 1;
      if (left === 0) this.#byClient.delete(client);
      else this.#byClient.set(client, left);
    };
  }
}
