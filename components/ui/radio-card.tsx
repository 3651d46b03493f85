import clsx from "clsx";
import type { ReactNode } from "react";

interface RadioCardProps {
  name: string;
  value: string;
  checked: boolean;
  onSelect: (value: string) => void;
  title: ReactNode;
  children?: ReactNode;
  /** A short word beside the title, such as "Recommended". */
  tag?: ReactNode;
  className?: string;
}

/** One choice of a few, with room to say what it means. Put several in a `fieldset` with a `legend`. */
export function RadioCard({
  name,
  value,
  checked,
  onSelect,
  title,
  children,
  tag,
  className,
}: RadioCardProps) {
  return (
    <label
      className={clsx(
        "grid grid-cols-[18px_minmax(0,1fr)] content-start gap-x-2.5 gap-y-1 rounded-md border bg-surface px-3.5 py-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
        checked ? "border-accent inset-ring inset-ring-accent" : "border-control hover:bg-surface-2",
        className,
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={() => onSelect(value)}
        className="mt-1 size-4 accent-accent-solid outline-none"
      />
      <span className="text-table font-semibold">
        {title}
        {tag ? <span className="ml-2 font-normal text-cap text-fg-2">{tag}</span> : null}
      </span>
      {children ? <span className="col-start-2 block text-cap text-fg-2">{children}</span> : null}
    </label>
  );
}
