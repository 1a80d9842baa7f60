import { Command } from "cmdk";
import { useState } from "react";
import { Avatar } from "@/components/avatar";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { InlineError, Skeleton } from "@/components/notice";
import type { ListedContact } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify } from "@/lib/notify";
import { useContactSearch, useMergeContacts } from "../api/merge-contacts";
import { contactName } from "./names";

interface MergeProps {
  id: string;
  name: string;
  onClose(): void;
}

/** Who else is this person; said once more before it is done. */
export function MergeDialog({ id, name, onClose }: MergeProps) {
  const [chosen, setChosen] = useState<ListedContact | null>(null);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("merge.title", { name })}>
      {chosen ? (
        <Sure id={id} name={name} other={chosen} onBack={() => setChosen(null)} onClose={onClose} />
      ) : (
        <Search id={id} onPick={setChosen} />
      )}
    </Dialog>
  );
}

function Search({ id, onPick }: { id: string; onPick(contact: ListedContact): void }) {
  const [words, setWords] = useState("");
  const found = useContactSearch(words.trim());
  const others = (found.data ?? []).filter((contact) => contact.id !== id);
  return (
    <Command label={t("merge.search")} shouldFilter={false}>
      <Command.Input
        value={words}
        onValueChange={setWords}
        placeholder={t("merge.search")}
        aria-label={t("merge.search")}
        className="target mb-2 w-full rounded-card border border-control bg-bg px-3 py-2 max-md:text-lead"
      />
      {found.isPending ? <Skeleton rows={3} className="h-10 py-1" /> : null}
      {found.isError ? <InlineError error={found.error} retry={() => void found.refetch()} /> : null}
      <Command.List>
        {found.data ? <Command.Empty className="p-3 text-muted">{t("merge.nobody")}</Command.Empty> : null}
        {others.map((contact) => (
          <Command.Item
            key={contact.id}
            value={contact.id}
            onSelect={() => onPick(contact)}
            className="target flex items-center gap-3 rounded-card px-3 py-1.5 aria-selected:bg-surface"
          >
            <Avatar name={contactName(contact)} seed={contact.id} size="size-7 text-small" />
            <span className="foreign min-w-0 flex-1">{contactName(contact)}</span>
            <span className="foreign text-small text-muted">{contact.identities[0]?.value}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

function Sure({ id, name, other, onBack, onClose }: MergeProps & { other: ListedContact; onBack(): void }) {
  const merge = useMergeContacts(id);
  const address = other.identities[0]?.value;
  const theirs = address && address !== contactName(other) ? `${contactName(other)} (${address})` : contactName(other);
  return (
    <div className="flex flex-col gap-4">
      <p className="foreign">{t("merge.sure", { name, other: theirs })}</p>
      {other.opted_out_at ? <p className="rounded-card bg-amber-soft px-3 py-2 text-amber">{t("merge.out", { other: theirs })}</p> : null}
      {merge.isError ? (
        <p role="alert" className="rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(merge.error)}
        </p>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onBack}>{t("connect.back")}</Button>
        <Button
          look="primary"
          busy={merge.isPending}
          onClick={() =>
            merge.mutate(other.id, {
              onSuccess: () => {
                notify(t("merge.done"));
                onClose();
              },
            })
          }
        >
          {t("merge.confirm")}
        </Button>
      </div>
    </div>
  );
}
