import { useMemo } from "react";
import { Button } from "@/components/button";
import { Foreign } from "@/components/foreign";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import type { AuditEntry, Member } from "@/lib/api/types";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { useAudit } from "../api/list-audit";
import { useMembers } from "../api/list-members";

/** Who did what, newest first; entries are only ever added. */
export function AuditList() {
  const audit = useAudit();
  const members = useMembers();
  const names = useMemo(() => new Map(members.data?.map((member) => [member.id, nameOf(member)])), [members.data]);
  const entries = audit.data?.pages.flatMap((page) => page.items) ?? [];
  if (audit.isError && !audit.data) {
    return <InlineError title={t("audit.failed")} error={audit.error} retry={() => void audit.refetch()} />;
  }
  if (audit.isPending || members.isPending) return <Skeleton rows={8} className="h-12 py-1" />;
  if (entries.length === 0) return <EmptyState title={t("audit.empty.title")} body={t("audit.empty.body")} />;
  return (
    <div className="flex flex-col gap-4">
      <ol className="rounded-card border border-line">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} names={names} />
        ))}
      </ol>
      {audit.hasNextPage ? (
        <Button busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()} className="self-center">
          {t("audit.more")}
        </Button>
      ) : null}
    </div>
  );
}

const nameOf = (member: Member): string => member.name || member.email;

function Entry({ entry, names }: { entry: AuditEntry; names: ReadonlyMap<string, string> }) {
  const about = entry.subject === entry.actor ? null : person(entry.subject, names);
  const facts = Object.entries(entry.detail).filter(([, value]) => value !== "");
  return (
    <li className="flex flex-wrap gap-x-4 gap-y-0.5 border-b border-line px-3 py-2 last:border-0">
      <time dateTime={entry.at} className="w-40 shrink-0 text-small leading-5 text-muted tabular-nums">
        {formatFull(entry.at)}
      </time>
      <div className="min-w-48 flex-1">
        <p>
          <span className="font-medium">
            <Foreign text={person(entry.actor, names) ?? actorWord(entry.actor)} />
          </span>{" "}
          {tWord("audit", entry.action, entry.action.replaceAll(/[._]/g, " "))}
          {about ? (
            <>
              {" "}
              <Foreign text={about} />
            </>
          ) : null}
        </p>
        {facts.length ? (
          <p className="text-small text-muted">
            <Foreign text={facts.map(([name, value]) => `${name.replaceAll("_", " ")}: ${value}`).join(" · ")} />
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** The name behind "member:<id>", for those who are still known. */
function person(label: string, names: ReadonlyMap<string, string>): string | null {
  const [kind, id] = label.split(":");
  return kind === "member" && id ? (names.get(id) ?? null) : null;
}

function actorWord(actor: string): string {
  const kind = actor.split(":")[0] ?? actor;
  return tWord("actor", kind, kind.replaceAll("_", " "));
}
