"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Checkbox } from "@/components/ui/checkbox";
import { chooseFilesOnly, isFilesOnly } from "../draft/draft-changes";
import type { StepProps } from "../draft/step-props";
import { TextControl } from "../field/text-control";
import type { FormPart, WizardField } from "../field/wizard-field";
import { SourceConnection } from "./source-connection";
import { SourceDatabase } from "./source-database";

function Intro() {
  const { t } = useT();
  return <p className="mb-4 text-fg-2">{t("wizard.source.intro")}</p>;
}

function FilesOnly({ handle: { draft, change } }: StepProps) {
  const { t } = useT();
  return (
    <Checkbox
      className="mb-5"
      checked={isFilesOnly(draft)}
      onChange={(checked) => change((before) => chooseFilesOnly(before, checked))}
      label={t("wizard.source.filesOnly")}
      hint={t("wizard.source.filesOnly.hint")}
    />
  );
}

function Ticket(props: StepProps) {
  const { t } = useT();
  return <TextControl {...props} field="ticket" hint={t("field.ticket.hint")} />;
}

/** 1. Source: the server and the database, and for what it is done. */
export const SOURCE_FIELDS: readonly (FormPart | WizardField)[] = [
  { key: "intro", Control: Intro },
  {
    key: "sourceConnectionId",
    applies: (draft) => !isFilesOnly(draft),
    Control: SourceConnection,
    review: ({ facts }) => facts.sourceName,
    probedBy: ["source", "backup", "import"],
  },
  { key: "filesOnly", Control: FilesOnly, applies: (draft) => draft.sourceConnectionId === null },
  {
    key: "sourceDatabase",
    applies: (draft) => draft.sourceConnectionId !== null,
    Control: SourceDatabase,
    review: ({ draft, facts, format }) => {
      const size = facts.database?.dataBytes ?? null;
      return draft.sourceDatabase && size !== null
        ? `${draft.sourceDatabase}, ${format.bytes(size)}`
        : draft.sourceDatabase;
    },
    probedBy: ["source", "backup", "import"],
  },
  { key: "ticket", Control: Ticket, review: ({ draft }) => draft.ticket || "–", probedBy: [] },
];
