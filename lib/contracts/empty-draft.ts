import type { MigrationDraft } from "./migration";

/** What the wizard starts from. */
export const EMPTY_DRAFT: MigrationDraft = {
  sourceConnectionId: null,
  sourceDatabase: null,
  transport: "shared_folder",
  backupBy: "app",
  sourceFolder: "",
  localFolder: "",
  cloudConnectionId: null,
  bucket: null,
  prefix: "",
  instanceId: null,
  targetDatabase: "",
  method: "access_pending",
  checkMode: "async",
  schedule: { mode: "manual" },
  firstObjectKey: null,
  underHundredGb: null,
  downtimeAccepted: null,
  step: "source",
};
