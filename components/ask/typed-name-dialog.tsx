"use client";

import { type ComponentProps, useRef, useState } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { AskDialog } from "./ask-dialog";

interface TypedNameDialogProps extends Omit<ComponentProps<typeof AskDialog>, "onConfirm"> {
  /** What has to be typed, to the letter. */
  name: string;
  /** Asks for it. */
  label: string;
  /** Said when something else was typed. */
  mismatch: string;
  /** Called with the name once it is typed. */
  onConfirm: (confirmName: string) => void;
}

/** Asks for a name, typed, before something is done that nothing takes back. */
export function TypedNameDialog(props: TypedNameDialogProps) {
  const { name, label, mismatch, onConfirm, children, ...ask } = props;
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isOther = typed !== name;
  return (
    <AskDialog
      {...ask}
      onConfirm={() => {
        setAsked(true);
        if (isOther) input.current?.focus();
        else onConfirm(typed);
      }}
    >
      {children}
      <Field label={label} error={asked && isOther ? mismatch : undefined} className="mb-0">
        {(control) => (
          <TextInput
            {...control}
            ref={input}
            mono
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </AskDialog>
  );
}
