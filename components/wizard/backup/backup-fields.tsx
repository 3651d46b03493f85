"use client";

import { BackupScript } from "@/components/backup-script/backup-script";
import { Mono } from "@/components/ui/mono";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { BACKUP_BY } from "@/lib/migration/vocabulary/backup-by";
import { TRANSPORTS } from "@/lib/migration/vocabulary/transport";
import { chooseTaker, chooseWay } from "../draft/draft-changes";
import type { StepProps } from "../draft/step-props";
import { ChoiceControl } from "../field/choice-control";
import { TextControl } from "../field/text-control";
import type { FieldGroup, FormPart, WizardField } from "../field/wizard-field";
import { Bucket, CloudConnection, PrefixHint } from "./cloud-controls";
import { LocalFolderHint, SourceFolderHint } from "./folder-hints";

const FOLDERS: FieldGroup = { legend: "wizard.backup.folders", text: "wizard.backup.folders.text" };
const PLACE: FieldGroup = {};

const takenHere = (draft: MigrationDraft) => draft.backupBy === "app";
const sharesFolder = (draft: MigrationDraft) => draft.transport === "shared_folder";
const hasCloud = (draft: MigrationDraft) => draft.cloudConnectionId !== null;

function Taker(props: StepProps) {
  return (
    <ChoiceControl
      {...props}
      field="backupBy"
      legend="wizard.backup.by"
      choices={BACKUP_BY}
      titleOf={(choice) => `wizard.backup.by.${choice}`}
      textOf={(choice) => `wizard.backup.by.${choice}.text`}
      columns={2}
      choose={chooseTaker}
    />
  );
}

function Way(props: StepProps) {
  return (
    <ChoiceControl
      {...props}
      field="transport"
      legend="wizard.backup.transport"
      choices={TRANSPORTS}
      titleOf={(choice) => `wizard.backup.transport.${choice}`}
      textOf={(choice) => `wizard.backup.transport.${choice}.text`}
      columns={3}
      choose={chooseWay}
    />
  );
}

function SourceFolder(props: StepProps) {
  const hint = <SourceFolderHint {...props} />;
  return <TextControl {...props} field="sourceFolder" label="wizard.backup.sourceFolder" mono hint={hint} />;
}

function LocalFolder(props: StepProps) {
  const hint = <LocalFolderHint {...props} />;
  return <TextControl {...props} field="localFolder" label="wizard.backup.localFolder" mono hint={hint} />;
}

function Prefix(props: StepProps) {
  const hint = <PrefixHint {...props} />;
  return <TextControl {...props} field="prefix" mono hint={hint} />;
}

function Script({ handle: { draft } }: StepProps) {
  return <BackupScript database={draft.sourceDatabase} folder={draft.sourceFolder} className="mb-5" />;
}

/** 2. Backup and upload: who takes backups, how files reach OSS, and where they lie there. */
export const BACKUP_FIELDS: readonly (FormPart | WizardField)[] = [
  {
    key: "backupBy",
    Control: Taker,
    review: ({ draft, t }) => t(`wizard.backup.by.${draft.backupBy}`),
    probedBy: ["source", "backup"],
  },
  {
    key: "transport",
    Control: Way,
    review: ({ draft, t }) => t(`wizard.backup.transport.${draft.transport}`),
    probedBy: ["backup"],
  },
  {
    key: "sourceFolder",
    group: FOLDERS,
    applies: takenHere,
    Control: SourceFolder,
    review: ({ draft }) => draft.sourceFolder && <Mono>{draft.sourceFolder}</Mono>,
    probedBy: ["backup"],
  },
  {
    key: "localFolder",
    group: FOLDERS,
    applies: sharesFolder,
    Control: LocalFolder,
    review: ({ draft }) => draft.localFolder && <Mono>{draft.localFolder}</Mono>,
    probedBy: ["backup"],
  },
  { key: "script", Control: Script, applies: (draft) => !takenHere(draft) },
  {
    key: "cloudConnectionId",
    Control: CloudConnection,
    review: ({ facts }) => facts.cloudName,
    probedBy: ["source", "backup", "import"],
  },
  {
    key: "bucket",
    group: PLACE,
    applies: hasCloud,
    Control: Bucket,
    review: ({ facts }) => facts.place && <Mono>{`oss://${facts.place}`}</Mono>,
    probedBy: ["backup", "import"],
  },
  {
    // Its row is the bucket's: a place is both.
    key: "prefix",
    group: PLACE,
    applies: hasCloud,
    Control: Prefix,
    probedBy: [],
  },
];
