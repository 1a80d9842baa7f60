import { cx } from "@/lib/cx";

/** Marks that could turn or hide the text around them; inside their own isolate they are only noise. */
const INVISIBLE = /[\u200B\u200E\u200F\u2060\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** A name as it may stand in a row: without marks that turn or hide its neighbours, never empty. */
export function safeName(name: string | null | undefined, fallback: string): string {
  const visible = (name ?? "").replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
  return visible || fallback;
}

/** Text written by a customer: always text, in its own direction. */
export function Foreign({ text, className }: { text: string; className?: string }) {
  return (
    <bdi dir="auto" className={cx("foreign", className)}>
      {text}
    </bdi>
  );
}
