import { z } from "zod";

/** From so many on a page asks for what has changed, and does so less often: as `migrationListQuery` in `lib/client`. */
const MANY = 200;
const PACE_MS = { many: 5_000, few: 2_000 };

const Answer = z.object({
  whole: z.boolean().optional(),
  migrations: z.array(z.unknown()),
  cursor: z.string(),
});

/** A page that shows the list, without a browser: the whole of it first, and of very many then what has changed. */
export class ListPage {
  private cursor: string | null = null;
  /** Migrations of the list. */
  private listed = 0;
  /** Nothing has been answered yet: somebody waits for the list to appear. */
  isOpening = true;

  /** `base`: of a dashboard, `http://127.0.0.1:3000`. */
  constructor(private readonly base: string) {}

  get url(): string {
    const since = this.cursor === null ? "" : `?since=${encodeURIComponent(this.cursor)}`;
    return `${this.base}/api/migrations${since}`;
  }

  /** Milliseconds after which it asks again. */
  get paceMs(): number {
    return this.cursor === null ? PACE_MS.few : PACE_MS.many;
  }

  /** `text`: the answer to what it asked. Throws where it is none. */
  note(text: string): void {
    const { whole = true, migrations, cursor } = Answer.parse(JSON.parse(text));
    if (whole) this.listed = migrations.length;
    this.cursor = this.listed > MANY ? cursor : null;
    this.isOpening = false;
  }
}
