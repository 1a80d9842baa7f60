import { Pencil, Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Foreign } from "@/components/foreign";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import { useCannedReplies } from "@/lib/api/list-canned-replies";
import type { CannedReply } from "@/lib/api/types";
import { matching } from "@/lib/canned";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useRemoveCannedReply } from "../api/remove-canned-reply";
import { useSaveCannedReply } from "../api/save-canned-reply";
import { CannedForm } from "./canned-form";

interface ScreenProps {
  canChange: boolean;
  search: string;
  /** "new", the id of the one that is edited, or null. */
  opened: string | null;
  onSearch(words: string): void;
  onOpen(form: string | null): void;
}

/** All canned replies of the team: found, written, changed, deleted. */
export function CannedScreen({ canChange, search, opened, onSearch, onOpen }: ScreenProps) {
  const replies = useCannedReplies();
  const remove = useRemove();
  if (replies.isError && !replies.data) {
    return <InlineError title={t("canned.loadFailed")} error={replies.error} retry={() => void replies.refetch()} />;
  }
  if (!replies.data) return <Skeleton rows={4} className="h-16 py-1" />;
  const found = matching(replies.data, search, { inTexts: true });
  const edited = replies.data.find(({ id }) => id === opened) ?? null;

  return (
    <div className="flex flex-col gap-4">
      {canChange ? null : <p className="rounded-card bg-surface px-3 py-2 text-muted">{t("canned.readOnly")}</p>}
      <div className="flex flex-wrap gap-2">
        {replies.data.length ? (
          <input
            type="search"
            aria-label={t("canned.search")}
            placeholder={t("canned.search")}
            value={search}
            onChange={(event) => onSearch(event.target.value)}
            className="target h-9 min-w-48 flex-1 rounded-card border border-control bg-bg px-3 max-md:h-11 max-md:text-lead"
          />
        ) : null}
        {canChange ? (
          <Button look="primary" onClick={() => onOpen("new")}>
            <Plus size={16} aria-hidden />
            {t("canned.new")}
          </Button>
        ) : null}
      </div>
      {found.length ? (
        <ul className="rounded-card border border-line">
          {found.map((reply) => (
            <Row key={reply.id} reply={reply} canChange={canChange} onEdit={() => onOpen(reply.id)} onDelete={() => remove(reply)} />
          ))}
        </ul>
      ) : replies.data.length ? (
        <p role="status" className="py-6 text-center text-muted">
          {t("canned.none")}
        </p>
      ) : (
        <div className="flex rounded-card border border-dashed border-control">
          <EmptyState title={t("canned.empty.title")} body={t("canned.empty.body")} />
        </div>
      )}
      <Dialog open={canChange && opened !== null} onOpenChange={(open) => open || onOpen(null)} title={t(opened === "new" ? "canned.new" : "canned.edit")}>
        {edited || opened === "new" ? <CannedForm key={opened} reply={edited} onDone={() => onOpen(null)} /> : <p>{t("canned.gone")}</p>}
      </Dialog>
    </div>
  );
}

/** Deletes at once; for a while it can be taken back. */
function useRemove() {
  const remove = useRemoveCannedReply();
  const save = useSaveCannedReply();
  const onError = (error: unknown) => notifyFailure(explain(error));
  return (reply: CannedReply) => {
    const { id, ...body } = reply;
    const undo = () => save.mutate({ id: null, body }, { onError });
    remove.mutate(id, { onSuccess: () => notify(t("canned.deleted", { shortcut: reply.shortcut }), { undo }), onError });
  };
}

function Row({ reply, canChange, onEdit, onDelete }: { reply: CannedReply; canChange: boolean; onEdit(): void; onDelete(): void }) {
  const { shortcut, name, text } = reply;
  return (
    <li data-testid="canned-reply" className="flex items-start gap-2 border-b border-line px-3 py-2 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-3">
          <Foreign text={name} className="font-medium" />
          <Foreign text={`/${shortcut}`} className="text-accent" />
        </p>
        <p dir="auto" className="foreign line-clamp-2 text-muted">
          {text}
        </p>
      </div>
      {canChange ? (
        <>
          <IconButton label={t("canned.editOf", { shortcut })} onClick={onEdit}>
            <Pencil size={16} aria-hidden />
          </IconButton>
          <IconButton label={t("canned.deleteOf", { shortcut })} onClick={onDelete}>
            <Trash2 size={16} aria-hidden />
          </IconButton>
        </>
      ) : null}
    </li>
  );
}
