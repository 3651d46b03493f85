import type { BackupFileView, MigrationView, StepGroupView, StepView } from "@/lib/contracts/migration";

/** A group as the server tells it, with its steps and its file at hand. */
export interface StepGroup extends Omit<StepGroupView, "stepIds" | "fileId"> {
  steps: StepView[];
  file: BackupFileView | null;
}

/** Puts steps and files to the groups that name them. */
export function joinGroups({
  groups,
  steps,
  files,
}: Pick<MigrationView, "groups" | "steps" | "files">): StepGroup[] {
  const stepsById = new Map(steps.map((step) => [step.id, step]));
  const filesById = new Map(files.map((file) => [file.id, file]));
  return groups.map(({ stepIds, fileId, ...group }) => ({
    ...group,
    steps: stepIds.flatMap((id) => stepsById.get(id) ?? []),
    file: fileId === null ? null : (filesById.get(fileId) ?? null),
  }));
}
