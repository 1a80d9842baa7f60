import { useEffect, useRef } from "react";
import { Foreign } from "@/components/foreign";
import { InlineError, Skeleton } from "@/components/notice";
import type { Passage } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { usePassages } from "../api/list-passages";

/** Passages in the order of the source; the marked one is in sight. */
export function PassageList({ source, marked }: { source: string; marked: string | null }) {
  const passages = usePassages(source);
  if (passages.isError && !passages.data) return <InlineError error={passages.error} retry={() => void passages.refetch()} />;
  if (!passages.data) return <Skeleton rows={5} className="h-20 py-1" />;
  if (passages.data.length === 0) return <p className="text-muted">{t("knowledge.noPassages")}</p>;
  return (
    <ol className="flex flex-col gap-2">
      {passages.data.map((passage) => (
        <Item key={passage.id} passage={passage} marked={passage.id === marked} />
      ))}
    </ol>
  );
}

function Item({ passage, marked }: { passage: Passage; marked: boolean }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: "center" });
  }, [marked]);
  const place = [passage.heading, passage.page ? t("knowledge.page", { n: passage.page }) : ""].filter(Boolean).join(" · ");
  return (
    <li
      ref={row}
      data-testid="passage"
      aria-current={marked || undefined}
      className={cx("rounded-card border px-3 py-2", marked ? "border-accent bg-accent-soft" : "border-line")}
    >
      {place ? (
        <p className="text-small text-muted">
          <Foreign text={place} />
        </p>
      ) : null}
      <p className="whitespace-pre-wrap">
        <Foreign text={passage.text} />
      </p>
    </li>
  );
}
