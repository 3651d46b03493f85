import { LONGEST_TARGET_NAME, sameName, targetNameProblem } from "@/lib/migration/target-name";

/** How databases are to be called on their instances. */
export interface NameMapping {
  before: string;
  after: string;
}

/** A database, where it goes, and what a person typed for its name: that is taken as it is. */
interface ToName {
  source: string;
  instanceId: string | null;
  typed?: string | undefined;
}

/** Why a name can't be used. `double`: two members want it on one instance. `taken`: the instance has it. Texts `wave.name.*`. */
export const NAME_PROBLEMS = ["missing", "system", "invalid", "double", "taken"] as const;
export type NameProblem = (typeof NAME_PROBLEMS)[number];

export interface MappedName {
  source: string;
  target: string;
  problem: NameProblem | null;
  /** The name was changed so that RDS takes it: other characters, or its length. */
  changed: boolean;
}

/** The name by prefix and suffix; what RDS refuses in it becomes `_`, and what is too long is cut before the suffix. */
export function mapName(
  source: string,
  { before, after }: NameMapping,
  typed?: string,
): { target: string; changed: boolean } {
  if (typed !== undefined) return { target: typed.trim(), changed: false };
  const plain = source.trim();
  const clean = plain.replaceAll(/[^A-Za-z0-9_-]/g, "_");
  const startable = before !== "" || /^[A-Za-z_]/.test(clean) ? clean : `_${clean}`;
  const room = Math.max(1, LONGEST_TARGET_NAME - before.length - after.length);
  const target = `${before}${startable.slice(0, room)}${after}`;
  return { target, changed: target !== `${before}${plain}${after}` };
}

/** All members' names, in their order. `taken`: what an instance has already; names of one server are compared without case. */
export function mapNames(
  members: readonly ToName[],
  mapping: NameMapping,
  taken: (instanceId: string) => readonly string[] = () => [],
): MappedName[] {
  const mapped = members.map(({ source, instanceId, typed }) => ({
    source,
    instanceId,
    ...mapName(source, mapping, typed),
  }));
  return mapped.map((one, index) => {
    const { source, target, changed, instanceId } = one;
    const isDouble = mapped.some(
      (other, at) => at !== index && other.instanceId === instanceId && sameName(other.target, target),
    );
    const isTaken = instanceId !== null && taken(instanceId).some((name) => sameName(name, target));
    const problem = targetNameProblem(target) ?? (isDouble ? "double" : isTaken ? "taken" : null);
    return { source, target, changed, problem };
  });
}
