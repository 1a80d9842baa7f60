import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { IconButton } from "./button";

interface DialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  description?: string;
  /** "side" is a drawer at the right edge; both fill a phone. */
  place?: "centre" | "side";
  children: ReactNode;
}

const PLACES = {
  centre:
    "left-1/2 top-1/2 max-h-[min(90dvh,44rem)] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-card max-md:inset-0 max-md:max-h-none max-md:w-full max-md:translate-0 max-md:rounded-none",
  side: "inset-y-0 right-0 w-[min(26rem,100vw)] border-l border-line animate-slide",
};

/** The first thing to fill in gets the focus; a dialog without fields gets it as a whole. */
function focusFirstField(event: Event): void {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  event.preventDefault();
  const field = content.querySelector<HTMLElement>("input, textarea, select");
  (field ?? content).focus();
}

/** A modal whose focus is kept inside and returns to its opener. */
export function Dialog({ open, onOpenChange, title, description, place = "centre", children }: DialogProps) {
  const opener = useRef<HTMLElement | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="animate-appear fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
            focusFirstField(event);
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault(); // Radix would look for its own trigger; ours may be a key or an address
            opener.current?.focus();
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx("fixed z-50 flex flex-col bg-bg text-text shadow-xl outline-none", PLACES[place])}
        >
          <header className={cx("flex gap-3 border-b border-line px-4 py-3", description ? "items-start" : "items-center")}>
            <div className="min-w-0 flex-1">
              <Radix.Title className="foreign text-lead font-semibold">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <IconButton label={t("action.close")}>
                <X size={18} aria-hidden />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
