import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { Button } from "./button";

interface EmptyStateProps {
  title: string;
  body?: string;
  /** True where this is all there is on the page. */
  page?: boolean;
  /** True where something may come below: what hangs from the top is not moved by it. */
  hanging?: boolean;
  children?: ReactNode;
}

/** An empty place with one sentence on what to do. */
export function EmptyState({ title, body, page = false, hanging = false, children }: EmptyStateProps) {
  const Heading = page ? "h1" : "h2";
  const place = hanging ? "pt-[20vh]" : "justify-center";
  return (
    <div className={cx("flex flex-1 flex-col items-center gap-2 p-6 text-center", place)}>
      <Heading className="text-lead font-semibold">{title}</Heading>
      {body ? <p className="max-w-80 text-muted">{body}</p> : null}
      {children ? <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  );
}

/** A failure in place, over whatever data is still there. */
export function InlineError({ title, error, retry }: { title?: string; error: unknown; retry?: () => void }) {
  return (
    <div role="alert" className="m-3 flex flex-wrap items-center gap-3 rounded-card bg-danger-soft px-3 py-2 text-danger">
      <p className="min-w-40 flex-1">
        {title ? <strong className="font-medium">{title} </strong> : null}
        {explain(error)}
      </p>
      {retry ? (
        <Button look="danger" onClick={retry}>
          {t("action.retry")}
        </Button>
      ) : null}
    </div>
  );
}

/** Grey bars of the coming content's size, shown only when it takes longer than 150 ms. */
export function Skeleton({ rows, className }: { rows: number; className: string }) {
  return (
    <div aria-hidden className="animate-late">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={className}>
          <div className="h-full rounded-card bg-surface" />
        </div>
      ))}
    </div>
  );
}
