import { knownGuid, Labels } from "./chain-unit";
import { chooseDatabase } from "./database-choice";
import { momentsOf } from "./newest";
import { type Origin, Origins } from "./origins";
import { Timelines } from "./timelines";
import type { ChainFile, ChainTarget, KnownIdentity } from "./verdict";

/** A pile of files, sorted by whose backups they are. */
export interface Pile {
  labels: Labels;
  /** Of the database in question, and their last LSNs as numbers. */
  own: readonly ChainFile[];
  roughLasts: Float64Array;
  /** Of other databases. */
  strangers: readonly ChainFile[];
  /** Nothing proves or disproves whose these are. */
  unknown: readonly ChainFile[];
  /** The name in question. */
  name: string | null;
  timelines: Timelines;
  momentOf: (origin: Origin) => number | null;
  /** False: several databases have the name, and nothing tells which of them lives. */
  decided: boolean;
  /** The target holds another database than the one that the name stands for now. */
  isTargetForeign: boolean;
  /** Where there is a choice of timelines or databases, what there is to choose between. */
  contenders: readonly Origin[];
}

/**
 * All that is to be known of every file, in one go: reading headers that lie scattered in memory takes longer than what
 * is done with them.
 */
export function readPile(
  files: readonly ChainFile[],
  asked: { database: string | null; from: ChainTarget | null; known: KnownIdentity | null },
): Pile {
  const labels = new Labels();
  const origins = new Origins(knownGuid(asked.from?.differentialBaseGuid));
  const places = new Int32Array(files.length);
  const numbers = new Float64Array(files.length);
  files.forEach((file, i) => {
    const { lastLsn } = file.set;
    labels.note(file);
    places[i] = origins.note(file);
    numbers[i] = lastLsn === null ? 0 : Number(lastLsn);
  });
  const { list, crossings } = origins;
  const momentOf = momentsOf(list);
  const choice = chooseDatabase({ origins: list, crossings, momentOf, ...asked });
  const { belongs, name, rivals, decided, isTargetForeign } = choice;
  const isAllOwn = belongs.every((one) => one === "own");
  const ownOrigins = isAllOwn ? list : list.filter((_, i) => belongs[i] === "own");
  const timelines = new Timelines(ownOrigins, crossings, momentOf, asked.known, origins.areForksDistinct);
  const contends = rivals.length > 0 || timelines.contended;
  const pile = { labels, name, timelines, momentOf, decided, isTargetForeign };
  const contenders = contends ? [...ownOrigins, ...rivals] : [];
  if (isAllOwn) return { ...pile, contenders, own: files, roughLasts: numbers, strangers: [], unknown: [] };
  const is = (what: string) => (_: unknown, i: number) => belongs[places[i] ?? 0] === what;
  return {
    ...pile,
    contenders,
    own: files.filter(is("own")),
    roughLasts: numbers.filter(is("own")),
    strangers: files.filter(is("foreign")),
    unknown: files.filter(is("unknown")),
  };
}
