"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";

interface NamesFieldProps {
  label: string;
  hint: string;
  names: readonly string[];
  onNames: (names: string[]) => void;
}

const linesOf = (text: string) => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  ),
];

/** Names, one a line. What is typed stays as it is: a line may be empty for a moment. */
export function NamesField({ label, hint, names, onNames }: NamesFieldProps) {
  const [text, setText] = useState(names.join("\n"));
  // Emptied from outside.
  const shown = names.length === 0 && linesOf(text).length > 0 ? "" : text;
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <textarea
          {...control}
          rows={3}
          spellCheck={false}
          value={shown}
          onChange={(event) => {
            setText(event.target.value);
            onNames(linesOf(event.target.value));
          }}
          className="w-full rounded-md border border-control bg-surface px-2.5 py-1 font-mono text-table outline-none focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
        />
      )}
    </Field>
  );
}
