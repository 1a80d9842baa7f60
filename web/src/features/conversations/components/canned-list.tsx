import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { Foreign } from "@/components/foreign";
import { t, tn } from "@/lib/i18n";
import type { Canned } from "../hooks/use-canned";

const BOX = "absolute bottom-full left-0 z-20 mb-1 w-full max-w-lg min-w-64 rounded-card border border-line bg-bg shadow-xl";

/** What "/" finds, over the line that it is typed in; the focus stays in the message. */
export function CannedList({ canned: { id, found, active, none, say, choose } }: { canned: Canned }) {
  useEffect(() => {
    if (found.length) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active, found.length]);
  return (
    <>
      <p role="status" className="sr-only">
        {found.length ? tn("canned.found", found.length) : null}
      </p>
      {none ? (
        <p className={`${BOX} px-3 py-2`}>
          {t("canned.compose")}{" "}
          <Link
            to="/settings/canned-replies"
            search={{ form: "new" }}
            onMouseDown={(event) => event.preventDefault()}
            className="target inline-flex items-center font-medium text-accent underline"
          >
            {t("canned.write")}
          </Link>
        </p>
      ) : null}
      {found.length ? (
        <ul id={id} role="listbox" aria-label={t("canned.list")} className={`${BOX} max-h-[min(18rem,40dvh)] overflow-y-auto p-1`}>
          {found.map((reply, n) => (
            <li
              key={reply.id}
              id={`${id}-${n}`}
              role="option"
              aria-selected={n === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(reply)}
              className="target cursor-pointer rounded-card px-3 py-1.5 hover:bg-surface aria-selected:bg-accent-soft"
            >
              <p className="flex min-w-0 gap-3">
                <Foreign text={`/${reply.shortcut}`} className="shrink-0 font-medium text-accent" />
                <Foreign text={reply.name} className="min-w-0 truncate" />
              </p>
              <p dir="auto" className="foreign truncate text-small text-muted">
                {say(reply)}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
