import { type ReactNode, useEffect } from "react";
import { cx } from "@/lib/cx";
import { setTitle } from "@/lib/title";

/** Names the browser tab after the screen. */
export function usePageTitle(title: string): void {
  useEffect(() => setTitle(title), [title]);
}

interface PageProps {
  title: string;
  lead?: string;
  /** For pages with something beside the main column. */
  wide?: boolean;
  children: ReactNode;
}

/** A settings-like page: a heading, content that scrolls. */
export function PageBody({ title, lead, wide = false, children }: PageProps) {
  usePageTitle(title);
  return (
    // Reached by keys too: a long page may hold nothing else that takes the focus. What is placed in it stays in it.
    <div tabIndex={0} className="relative min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]">
      <div className={cx("mx-auto flex flex-col gap-6 p-6 max-md:p-4", wide ? "max-w-6xl" : "max-w-4xl")}>
        <header className="flex flex-wrap items-start gap-3">
          <div className="min-w-0 flex-1">
            <h1 className="text-display font-semibold">{title}</h1>
            {lead ? <p className="text-muted">{lead}</p> : null}
          </div>
        </header>
        {children}
      </div>
    </div>
  );
}
