import { CopyButton } from "@/components/ui/copy-button";

/** A box that scrolls must be reachable by keyboard (WCAG 2.1.1). */
const SCROLLER = { tabIndex: 0 };

/** T-SQL to copy. */
export function ScriptBlock({ label, script }: { label: string; script: string }) {
  return (
    <div className="relative mt-2">
      <section
        {...SCROLLER}
        aria-label={label}
        className="max-h-72 overflow-auto rounded-md border border-border bg-surface-2"
      >
        <pre className="p-3 pr-10 text-cap">{script}</pre>
      </section>
      <div className="absolute top-2 right-2">
        <CopyButton text={script} label={label} />
      </div>
    </div>
  );
}
