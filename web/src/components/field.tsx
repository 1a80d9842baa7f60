import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";

const INPUT =
  "target w-full rounded-card border border-control bg-bg px-3 text-body text-text max-md:text-lead disabled:opacity-60";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  help?: string;
  error?: string | null | undefined;
  /** Sits at the right end of the input, for example a button that shows a secret. */
  end?: ReactNode;
}

/** A labelled input whose help and error are announced with it. */
export function Field({ label, help, error, end, className, ...rest }: FieldProps) {
  const id = useId();
  const describedBy = cx(error && `${id}-error`, help && `${id}-help`);
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex items-stretch gap-1">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy || undefined}
          {...rest}
          className={cx(INPUT, "h-9 max-md:h-11", error && "border-danger")}
        />
        {end}
      </div>
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
