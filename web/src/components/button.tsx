import type { ButtonHTMLAttributes } from "react";
import { cx } from "@/lib/cx";

type Look = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent font-medium hover:brightness-110",
  plain: "border border-control bg-raised text-text hover:bg-surface",
  quiet: "text-muted hover:bg-surface hover:text-text",
  danger: "border border-danger text-danger hover:bg-danger-soft",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  busy?: boolean;
  pad?: string;
}

export function Button({ look = "plain", busy = false, pad = "px-3", className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      {...rest}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={cx(
        "target inline-flex shrink-0 items-center justify-center gap-2 text-body",
        pad,
        /\brounded-/.test(className ?? "") ? null : "rounded-card",
        "transition-[background-color,filter] duration-150 disabled:cursor-not-allowed disabled:opacity-55",
        LOOKS[look],
        busy && "cursor-progress opacity-75",
        className,
      )}
    >
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "pad"> {
  label: string;
}

/** A button that is only a picture; its name is said and shown on hover. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return <Button aria-label={label} title={label} look="quiet" pad="p-0" className={className} {...rest} />;
}
