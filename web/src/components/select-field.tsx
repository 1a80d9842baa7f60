import { type ReactNode, type SelectHTMLAttributes, useId } from "react";
import { cx } from "@/lib/cx";

interface SelectFieldProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string;
  help?: string;
  error?: string | null | undefined;
  children: ReactNode;
}

/** A labelled choice of one; the browser's own list, which every phone and screen reader knows. */
export function SelectField({ label, help, error, className, children, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <select
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={cx(error && `${id}-error`, help && `${id}-help`) || undefined}
        {...rest}
        className={cx(
          "target h-9 w-full min-w-0 rounded-card border bg-bg px-2 text-body text-text max-md:h-11 max-md:text-lead disabled:opacity-60",
          error ? "border-danger" : "border-control",
        )}
      >
        {children}
      </select>
      {error ? (
        <p id={`${id}-error`} className="text-small text-danger">
          {error}
        </p>
      ) : null}
      {help ? (
        <p id={`${id}-help`} className="text-small text-muted">
          {help}
        </p>
      ) : null}
    </div>
  );
}
