import type { ProbedStep } from "@/lib/client/draft-queries";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { BACKUP_FIELDS } from "../backup/backup-fields";
import { type FormPart, isField, type WizardField } from "../field/wizard-field";
import { IMPORT_FIELDS } from "../import/import-fields";
import { SOURCE_FIELDS } from "../source/source-fields";

/** What stands in each step's form, in order. */
const FORM: Record<ProbedStep, readonly (FormPart | WizardField)[]> = {
  source: SOURCE_FIELDS,
  backup: BACKUP_FIELDS,
  import: IMPORT_FIELDS,
};

export const ALL_FIELDS: readonly WizardField[] = Object.values(FORM).flat().filter(isField);

/** What a step asks for, as far as the other choices leave it a meaning. */
export function partsOf(step: ProbedStep, draft: MigrationDraft): FormPart[] {
  return FORM[step].filter(({ applies }) => applies?.(draft) ?? true);
}
