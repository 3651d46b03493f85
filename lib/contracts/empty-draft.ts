import { MigrationDraft } from "./migration";

/** What the wizard starts from. */
export const EMPTY_DRAFT: MigrationDraft = MigrationDraft.parse({});
