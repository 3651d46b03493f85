import type { ReactNode } from "react";

interface PlainFormProps {
  id?: string;
  className?: string;
  onSubmit: () => void;
  children: ReactNode;
}

/** A form whose fields say themselves what is wrong, and which never leaves its page. */
export function PlainForm({ id, className, onSubmit, children }: PlainFormProps) {
  return (
    <form
      id={id}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
