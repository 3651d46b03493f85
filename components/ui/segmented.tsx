import clsx from "clsx";

interface SegmentedProps<V extends string> {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: { value: V; label: string }[];
}

/** A choice of two or three ways to look at the same thing. */
export function Segmented<V extends string>({ label, value, onChange, options }: SegmentedProps<V>) {
  return (
    <fieldset className="inline-flex rounded-md border border-control print:hidden">
      <legend className="sr-only">{label}</legend>
      {options.map((option, index) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={clsx(
            "min-h-8 px-2.5 font-medium text-cap",
            index > 0 && "border-l border-control",
            index === 0 && "rounded-l-[5px]",
            index === options.length - 1 && "rounded-r-[5px]",
            option.value === value ? "bg-surface-3 text-fg" : "bg-surface text-fg-2 hover:bg-surface-2",
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
