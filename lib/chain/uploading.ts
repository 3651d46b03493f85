import type { BackupSet } from "@/lib/backup/header";
import { comparePreference, knownGuid, type LabelledFile, type Labels } from "./chain-unit";
import type { ChainFile } from "./verdict";

/**
 * Files still being written or uploaded: their LSNs are provisional, so only GUIDs tell whether one is a copy of a file
 * that is whole, or a member of a striped set.
 */
export class Uploading {
  readonly files: LabelledFile[];
  /** False is the rule, and then none of this costs anything. */
  readonly some: boolean;
  private readonly originals = new Map<string, string | null>();
  private readonly stripes = new Map<string, string>();

  constructor(files: readonly ChainFile[], labels: Labels) {
    this.files = files
      .filter(({ complete }) => !complete)
      .map((file) => ({ label: labels.of(file), file }))
      .sort((a, b) => comparePreference(a.label, b.label));
    this.some = this.files.length > 0;
    for (const { label, file } of this.files) {
      const key = guidKey(file.set);
      if (key !== null) this.originals.set(key, null);
      const stripe = file.set.family.count > 1 ? memberKey(file.set, file.set.family.sequence) : null;
      if (stripe !== null) this.stripes.set(stripe, preferred(this.stripes.get(stripe), label));
    }
  }

  /** A whole file, which one still uploading may be a copy of. */
  noteWhole(label: string, set: BackupSet): void {
    const key = guidKey(set);
    if (key === null || !this.originals.has(key)) return;
    this.originals.set(key, preferred(this.originals.get(key), label));
  }

  /** The name of the whole file of which this set is a copy, or null. */
  wholeCopyOf(set: BackupSet): string | null {
    const key = guidKey(set);
    return key === null ? null : (this.originals.get(key) ?? null);
  }

  /** The name of the file with that member of the striped set, or null. */
  stripeOf(set: BackupSet, sequence: number): string | null {
    const key = this.some ? memberKey(set, sequence) : null;
    return key === null ? null : (this.stripes.get(key) ?? null);
  }
}

/**
 * Two sets with this key are the same set: nothing that decides a restore differs. The GUID alone does not say so, nor
 * does a missing one say the contrary.
 */
export function copyKey(set: BackupSet): string {
  const { type, family, firstLsn, lastLsn, checkpointLsn, forkPointLsn, differentialBaseGuid, copyOnly } =
    set;
  const forks = `${set.firstRecoveryForkGuid} ${set.lastRecoveryForkGuid} ${forkPointLsn}`;
  const member = family.count > 1 ? `${family.sequence}/${family.count}` : "";
  const guid = knownGuid(set.backupSetGuid);
  return `${type} ${member} ${guid} ${firstLsn} ${lastLsn} ${checkpointLsn} ${forks} ${differentialBaseGuid} ${copyOnly}`;
}

/** All members of a striped set have this key. */
export function stripeKey(set: BackupSet): string {
  const guid = knownGuid(set.backupSetGuid) ?? knownGuid(set.mediaSetGuid);
  return `${guid} ${set.type} ${set.firstLsn} ${set.lastLsn} ${set.checkpointLsn} ${set.family.count}`;
}

function guidKey(set: BackupSet): string | null {
  const guid = knownGuid(set.backupSetGuid);
  return guid === null ? null : `${guid} ${set.type} ${set.family.sequence}`;
}

function memberKey(set: BackupSet, sequence: number): string | null {
  const guid = knownGuid(set.backupSetGuid) ?? knownGuid(set.mediaSetGuid);
  return guid === null ? null : `${guid} ${set.type} ${sequence}/${set.family.count}`;
}

function preferred(known: string | null | undefined, label: string): string {
  return known === null || known === undefined || comparePreference(label, known) < 0 ? label : known;
}
