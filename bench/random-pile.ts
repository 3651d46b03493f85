import type { BackupSet } from "@/lib/backup/header";
import type { ChainFile } from "@/lib/chain/verdict";
import { Dice, RandomSource } from "./random-source";

/** A pile of backup files as people have them. */
interface RandomPile {
  files: ChainFile[];
  /** Named for every other pile; else it shows in the files. */
  database: string | null;
}

/**
 * The files of a random source, of up to `maxSteps` events: some lost, copied under another name, still uploading,
 * striped (with members lost), several sets in one file, renamed in between, among them those of another database, also of the same name, in any order. The same
 * seed gives the same pile.
 */
export function makeRandomPile(seed: number, maxSteps: number): RandomPile {
  const dice = new Dice(seed);
  const files = backupsOf(new RandomSource(dice, "Sales", "1"), dice, 1 + dice.below(maxSteps));
  const named = dice.oneIn(2);
  const renamed = dice.oneIn(4) ? rename(files, dice) : null;
  if (dice.oneIn(3)) {
    const other = new RandomSource(dice, dice.oneIn(2) ? "Sales" : "HR", "2");
    files.push(...backupsOf(other, dice, 1 + dice.below(Math.max(1, maxSteps >> 2))));
  }
  const asked = renamed !== null && dice.oneIn(2) ? renamed : "Sales";
  return { files: shuffle(nameFiles(files, dice), dice), database: named ? asked : null };
}

/** From some backup on the database has another name, or its own in another letter case, which is returned. */
function rename(files: Member[], dice: Dice): string {
  const name = dice.pick(["SALES", "SalesNew", "sales"]) ?? "SALES";
  const from = dice.below(files.length + 1);
  files.forEach((member, i) => {
    if (i >= from) member.set = { ...member.set, databaseName: name };
  });
  return name;
}

interface Member {
  set: BackupSet;
  complete: boolean;
}

function backupsOf(source: RandomSource, dice: Dice, steps: number): Member[] {
  for (let step = 0; step < steps; step += 1) source.step();
  const lossy = dice.oneIn(2);
  return source.taken.flatMap((set): Member[] => {
    if (lossy && dice.oneIn(6)) return [];
    const members = dice.oneIn(8) ? stripes(set, dice) : [{ set, complete: true }];
    const copies = dice.oneIn(10) ? members.slice(0, 1) : [];
    if (dice.oneIn(60))
      return members.map((member) => ({ ...member, set: { ...member.set, damaged: true } }));
    return [...members, ...copies].map((member) => (dice.oneIn(25) ? uploading(member) : member));
  });
}

/** What is still being written has no end, or a stale one. */
function uploading({ set }: Member): Member {
  return { complete: false, set: { ...set, lastLsn: set.firstLsn } };
}

function stripes(set: BackupSet, dice: Dice): Member[] {
  const count = 2 + dice.below(2);
  const members = Array.from({ length: count }, (_, i) => ({
    complete: true,
    set: { ...set, family: { sequence: i + 1, count } },
  }));
  return dice.oneIn(4) ? members.slice(1) : members;
}

/** A file of its own for each, or the next set of the file before. */
function nameFiles(members: readonly Member[], dice: Dice): ChainFile[] {
  let name = "";
  let position = 0;
  return members.map(({ set, complete }, i) => {
    const appended = i > 0 && set.family.count === 1 && dice.oneIn(9);
    position = appended ? position + 1 : 1;
    if (!appended) name = `${dice.below(900) + 100}-${i}`;
    return { name, complete, set: { ...set, position } };
  });
}

function shuffle<T>(items: T[], dice: Dice): T[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const other = dice.below(i + 1);
    const [a, b] = [items[i], items[other]];
    if (a !== undefined && b !== undefined) [items[i], items[other]] = [b, a];
  }
  return items;
}
