import { useState } from "react";
import { Button } from "@/components/button";
import { Foreign } from "@/components/foreign";
import { InlineError } from "@/components/notice";
import type { ContactMerge } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { formatDate } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { notify, notifyFailure } from "@/lib/notify";
import { useMerges, useUndoMerge } from "../api/merge-contacts";
import { MergeDialog } from "./merge-dialog";

/** Who turned out to be this person, to be parted again, and making somebody else part of them. */
export function SamePerson({ id, name }: { id: string; name: string }) {
  const can = useCan();
  const merges = useMerges(id);
  const [asking, setAsking] = useState(false);
  if (merges.isError) return <InlineError error={merges.error} retry={() => void merges.refetch()} />;
  const joined = (merges.data ?? []).filter(({ undone_at }) => !undone_at);
  if (!joined.length && !can("changeContacts")) return null;
  return (
    <div className="flex flex-col gap-2">
      {joined.length ? (
        <ul className="flex flex-col gap-2" aria-label={t("merge.list")}>
          {joined.map((merge) => (
            <Joined key={merge.id} contact={id} merge={merge} />
          ))}
        </ul>
      ) : null}
      {can("changeContacts") ? (
        <div>
          <Button onClick={() => setAsking(true)}>{t("merge.do")}</Button>
        </div>
      ) : null}
      {asking ? <MergeDialog id={id} name={name} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function Joined({ contact, merge }: { contact: string; merge: ContactMerge }) {
  const can = useCan();
  const undo = useUndoMerge(contact);
  return (
    <li className="flex items-start gap-2 border-l-2 border-line pl-3">
      <div className="min-w-0 flex-1">
        <p>
          {t("merge.was")} <Foreign text={merge.absorbed_name || t("contact.unknown")} />
        </p>
        <p className="text-small text-muted">
          {t(merge.how === "hand" ? "merge.byHand" : "merge.byEvidence")} · {formatDate(merge.at)}
        </p>
      </div>
      {can("changeContacts") ? (
        <Button
          busy={undo.isPending}
          onClick={() =>
            undo.mutate(merge.id, {
              onSuccess: () => notify(t("merge.parted")),
              onError: (error) => notifyFailure(explain(error)),
            })
          }
        >
          {t("merge.part")}
        </Button>
      ) : null}
    </li>
  );
}
