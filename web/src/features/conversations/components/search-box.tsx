import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/button";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";

const PAUSE_MS = 200;

/** Finds people and words; asks after a short pause in typing. */
export function SearchBox({ value, onChange }: { value: string; onChange(value: string): void }) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const report = useRef(onChange);
  useKey("/", t("keys.search"), () => input.current?.focus());

  useEffect(() => {
    report.current = onChange;
  });
  // Back and Forward change the address; the box follows unless somebody is typing in it.
  if (value !== shown) {
    setShown(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === value) return;
    const timer = window.setTimeout(() => report.current(wanted), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text, value]);

  return (
    <div role="search" className="relative">
      <Search size={16} aria-hidden className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-muted" />
      <input
        ref={input}
        type="text"
        inputMode="search"
        aria-label={t("inbox.searchLabel")}
        placeholder={t("inbox.search")}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className={cx("target h-9 w-full rounded-card bg-surface pl-9 max-md:h-11", text ? "pr-11" : "pr-2")}
      />
      {text ? (
        <IconButton label={t("inbox.clearSearch")} onClick={() => setText("")} className="absolute top-1/2 right-0 -translate-y-1/2">
          <X size={16} aria-hidden />
        </IconButton>
      ) : null}
    </div>
  );
}
