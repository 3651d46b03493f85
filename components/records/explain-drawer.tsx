"use client";

import { Download } from "lucide-react";
import { useId, useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { UNKNOWN_MESSAGES_HREF } from "@/lib/client/record-queries";
import { explainMessage, explanationTextParams } from "@/lib/diagnosis/explain-message";
import { messageTextKey } from "@/lib/diagnosis/message-table";
import type { MessagePart } from "@/lib/diagnosis/messages/message";

/** *Explain a message*: what a pasted text of RDS, RAM, OSS or SQL Server means. It stays in the browser. */
export function ExplainDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useT();
  const [text, setText] = useState("");
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={t("records.explain.title")}
      description={t("records.explain.description")}
      footer={
        <ButtonLink icon={Download} href={UNKNOWN_MESSAGES_HREF} download>
          {t("records.explain.export")}
        </ButtonLink>
      }
    >
      <Field label={t("records.explain.field")} hint={t("records.explain.hint")}>
        {(control) => (
          <textarea
            {...control}
            rows={6}
            value={text}
            onChange={(event) => setText(event.target.value)}
            spellCheck={false}
            className="w-full rounded-md border border-control bg-surface px-3 py-2 font-mono text-table"
          />
        )}
      </Field>
      <div aria-live="polite">{text.trim() === "" ? null : <Answer text={text} />}</div>
    </Drawer>
  );
}

function Answer({ text }: { text: string }) {
  const { t, tx } = useT();
  const heading = useId();
  const explanation = explainMessage(text);
  if (!explanation) {
    return (
      <section className="rounded-md border border-border px-3.5 py-3 text-table wrap-anywhere">
        <p>{t("explanation.panel.unknown")}</p>
        <p className="mt-2 whitespace-pre-wrap rounded-sm bg-surface-2 px-2 py-1.5 font-mono text-cap text-fg-2">
          {text.trim()}
        </p>
        <p className="mt-2 text-fg-2">{t("records.explain.support")}</p>
        <CopyButton text={text.trim()} label={t("records.explain.copy")} />
      </section>
    );
  }
  const values = explanationTextParams(explanation);
  const told = (part: MessagePart) => tx(messageTextKey(explanation.key, part), values, "");
  return (
    <section
      aria-labelledby={heading}
      className="rounded-md border border-border px-3.5 py-3 text-table wrap-anywhere"
    >
      <h2 id={heading} className="font-semibold text-table">
        {told("title")}
      </h2>
      <p className="mt-1 text-fg-2">{told("cause")}</p>
      <p className="mt-2">
        <b>{t("records.diagnosis.check")}</b> {told("check")}
      </p>
      <p className="mt-2">
        <b>{t("records.diagnosis.remedy")}</b> {told("remedy")}
      </p>
      <p className="mt-2">
        <a href={explanation.source} target="_blank" rel="noreferrer" className="underline">
          {t("records.explain.source")}
        </a>
      </p>
    </section>
  );
}
