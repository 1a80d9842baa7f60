import { type TextareaHTMLAttributes, useId } from "react";
import { cx } from "@/lib/cx";

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  help?: string;
  error?: string | null | undefined;
}

/** A labelled text of several lines. */
export function TextArea({ label, help, error, className, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={3}
        aria-invalid={error ? true : undefined}
        aria-describedby={cx(error && `${id}-error`, help && `${id}-help`) || undefined}
        {...rest}
        className={cx(
          "target w-full rounded-card border bg-bg px-3 py-2 text-body text-text max-md:text-lead",
          error ? "border-danger" : "border-control",
        )}
      />
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
