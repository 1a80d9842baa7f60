import { useEffect } from "react";
import { Avatar } from "@/components/avatar";
import { Foreign } from "@/components/foreign";
import { t, tn } from "@/lib/i18n";
import type { Mentioning } from "../hooks/use-mentions";

/** Whom "@" may mean, over the note that it is typed in; the focus stays in the note. */
export function MentionList({ mentioning: { id, found, active, choose } }: { mentioning: Mentioning }) {
  useEffect(() => {
    if (found.length) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active, found.length]);
  return (
    <>
      <p role="status" className="sr-only">
        {found.length ? tn("mention.found", found.length) : null}
      </p>
      {found.length ? (
        <ul
          id={id}
          role="listbox"
          aria-label={t("mention.list")}
          className="absolute bottom-full left-0 z-20 mb-1 max-h-[min(18rem,40dvh)] w-full max-w-sm overflow-y-auto rounded-card border border-line bg-bg p-1 shadow-xl"
        >
          {found.map((person, n) => (
            <li
              key={person.id}
              id={`${id}-${n}`}
              role="option"
              aria-selected={n === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(person)}
              className="target flex cursor-pointer items-center gap-3 rounded-card px-3 py-1.5 hover:bg-surface aria-selected:bg-accent-soft"
            >
              <Avatar name={person.name} seed={person.id} size="size-7 text-small" />
              <Foreign text={person.name} className="min-w-0 truncate" />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
