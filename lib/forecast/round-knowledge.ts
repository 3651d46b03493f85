import { ByRounds } from "./by-rounds";
import type { CostPrior, Observation } from "./cost-curve";
import type { Dice } from "./dice";
import { drawCost, type LearnedCost, learnCost } from "./learned-cost";
import type { MeasuredRound } from "./measured-round";
import { hasten, LOG_GROWTH_PRIOR, LOOSENESS, PART_PRIORS, type TransferPart } from "./priors";

/** What some rounds say of the next: what its parts cost, and how a log grows. */
export interface RoundKnowledge {
  backup: LearnedCost;
  upload: LearnedCost;
  import: LearnedCost;
  growth: LearnedCost;
}

/** What was known before the first round, after the first, … after all: one more than there are rounds. */
export function learnRounds(rounds: readonly MeasuredRound[], timeFactor: number): RoundKnowledge[] {
  const of = (part: TransferPart) =>
    learnAlong(
      rounds.map((round) => observePart(part, round)),
      hasten(PART_PRIORS[part], timeFactor),
    );
  const [backup, upload, imported] = [of("backup"), of("upload"), of("import")];
  const growth = learnAlong(
    rounds.map((_, index) => observeGrowth(rounds, index)),
    LOG_GROWTH_PRIOR,
  );
  return growth.flatMap((grown, index) => {
    const [b, u, i] = [backup[index], upload[index], imported[index]];
    return b && u && i ? [{ backup: b, upload: u, import: i, growth: grown }] : [];
  });
}

/** Of the migrations whose detail is looked at, and of the instances that files are timed for. */
const learned = new ByRounds<RoundKnowledge>(1_000);

/** What is known after all of them. */
export function knowledgeOf(rounds: readonly MeasuredRound[], timeFactor: number): RoundKnowledge {
  return learned.of(rounds, `${timeFactor}`, () => newestOf(learnRounds(rounds, timeFactor)));
}

/** What was known last. */
export function newestOf(knowledge: readonly RoundKnowledge[]): RoundKnowledge {
  const newest = knowledge.at(-1);
  if (newest === undefined) throw new RangeError("nothing is known, not even before the first round");
  return newest;
}

/** One possible duration of a log's round: its backup, upload and import one after the other. */
export function drawRoundSeconds(known: RoundKnowledge, bytes: number, dice: Dice): number {
  return (
    drawCost(known.backup, bytes, dice) +
    drawCost(known.upload, bytes, dice) +
    drawCost(known.import, bytes, dice)
  );
}

/**
 * Bytes of a log by the seconds since the backup before it began; null of other files. After a differential it is not
 * known whether the log reaches back to it or to the log before.
 */
export function observeGrowth(rounds: readonly MeasuredRound[], index: number): Observation | null {
  const [round, before] = [rounds[index], rounds[index - 1]];
  if (round?.type !== "log" || before === undefined) return null;
  const seconds = (round.startedAtMs - before.startedAtMs) / 1_000;
  if (seconds <= 0 || round.bytes <= 0) return null;
  return { size: seconds, cost: round.bytes, looseness: before.type === "differential" ? 0.5 ** 2 : 0 };
}

function observePart(part: TransferPart, round: MeasuredRound): Observation | null {
  const { backupSeconds, uploadSeconds, importSeconds } = round;
  const cost = { backup: backupSeconds, upload: uploadSeconds, import: importSeconds }[part];
  return cost === null ? null : { size: round.bytes, cost, looseness: LOOSENESS[part][round.type] };
}

/** Before and after each of what may have been observed. */
function learnAlong(observed: readonly (Observation | null)[], prior: CostPrior): LearnedCost[] {
  const learned = learnCost(
    observed.filter((one) => one !== null),
    prior,
  );
  let known = 0;
  return [null, ...observed].flatMap((one) => {
    if (one !== null) known += 1;
    return learned[known] ?? [];
  });
}
