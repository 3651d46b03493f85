import clsx from "clsx";
import { type ReactNode, useId } from "react";

export interface Choice<V extends string> {
  value: V;
  title: ReactNode;
  /** What the choice means. */
  text?: ReactNode;
  /** A short word beside the title, such as "Recommended". */
  tag?: ReactNode;
}

interface ChoiceCardsProps<V extends string> {
  legend: ReactNode;
  /** As of a field, as of a section, or for screen readers only. */
  legendLook?: "field" | "section" | "hidden";
  choices: readonly Choice<V>[];
  /** Null while nothing is chosen. */
  value: V | null;
  onChange: (value: V) => void;
  /** How many stand side by side where there is room. */
  columns?: 1 | 2 | 3;
  /** Where links to the whole group lead. */
  id?: string;
  /** Between the legend and the cards. */
  children?: ReactNode;
  className?: string;
}

const LEGEND = {
  field: "mb-1 font-medium text-table",
  section: "mb-1.5 font-semibold",
  hidden: "sr-only",
};

const COLUMNS = {
  1: "gap-2",
  2: "gap-3 sm:grid-cols-2",
  3: "gap-3 sm:grid-cols-2 xl:grid-cols-3",
};

/** One choice of a few, each with room to say what it means. */
export function ChoiceCards<V extends string>(props: ChoiceCardsProps<V>) {
  const {
    legend,
    legendLook = "field",
    choices,
    value,
    onChange,
    columns = 1,
    id,
    children,
    className,
  } = props;
  const name = useId();
  return (
    <fieldset {...(id && { id, tabIndex: -1 })} className={className}>
      <legend className={LEGEND[legendLook]}>{legend}</legend>
      {children}
      <div className={clsx("grid", COLUMNS[columns])}>
        {choices.map((choice) => (
          <Card
            key={choice.value}
            name={name}
            choice={choice}
            checked={choice.value === value}
            onSelect={() => onChange(choice.value)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface CardProps {
  name: string;
  choice: Choice<string>;
  checked: boolean;
  onSelect: () => void;
}

function Card({ name, choice, checked, onSelect }: CardProps) {
  return (
    <label
      className={clsx(
        "grid grid-cols-[18px_minmax(0,1fr)] content-start gap-x-2.5 gap-y-1 rounded-md border bg-surface px-3.5 py-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
        checked ? "border-accent inset-ring inset-ring-accent" : "border-control hover:bg-surface-2",
      )}
    >
      <input
        type="radio"
        name={name}
        value={choice.value}
        checked={checked}
        onChange={onSelect}
        className="mt-1 size-4 accent-accent-solid outline-none"
      />
      <span className="text-table font-semibold">
        {choice.title}
        {choice.tag ? <span className="ml-2 font-normal text-cap text-fg-2">{choice.tag}</span> : null}
      </span>
      {choice.text ? <span className="col-start-2 block text-cap text-fg-2">{choice.text}</span> : null}
    </label>
  );
}
