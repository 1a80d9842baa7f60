import { ToggleGroup } from "radix-ui";
import { type DragEvent, type SyntheticEvent, useRef } from "react";
import { Button } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { useReachable } from "@/lib/me";
import { stillMentioned } from "@/lib/mentions";
import { enqueue } from "../hooks/outbox";
import { pieces } from "../hooks/pieces";
import { sendable } from "../hooks/sendable";
import { takeFile } from "../hooks/take-file";
import { type Attachment, useAttachment } from "../hooks/use-attachment";
import { useDraft } from "../hooks/use-draft";
import { useTellPresence } from "../hooks/use-presence";
import { AiReplies } from "./ai-replies";
import { ClosedComposer } from "./closed-composer";
import { ComposerWords } from "./composer-words";

interface ComposerProps {
  conversation: Conversation;
  canSend: boolean;
}

/** Writes a reply or a private note; says why when WhatsApp would refuse a reply. */
export function Composer({ conversation, canSend }: ComposerProps) {
  const [draft, setDraft] = useDraft(conversation.id);
  useTellPresence(conversation.id, canSend && draft.text !== "");
  const area = useRef<HTMLTextAreaElement>(null);
  const attachment = useAttachment(conversation.id);
  const reachable = useReachable();
  const { closed, over, interrupts, ...may } = sendable(draft, conversation, attachment, reachable);
  const ready = canSend && may.ready;
  const split = may.splits ? pieces(draft.text, conversation.text_limit) : [];

  function send(event?: SyntheticEvent) {
    event?.preventDefault();
    if (!ready) return;
    if (may.attached) attachment.send(draft.text.trim(), () => setDraft({ text: "" }));
    else {
      enqueue(conversation.id, draft.text.trim(), { note: draft.note, mentions: stillMentioned(draft.text, draft.mentions ?? []) });
      setDraft({ text: "", mentions: undefined });
    }
    area.current?.focus();
  }

  function sendPieces() {
    for (const piece of split) enqueue(conversation.id, piece, { note: false });
    setDraft({ text: "" });
    area.current?.focus();
  }

  function write(note: boolean) {
    setDraft({ note });
    requestAnimationFrame(() => area.current?.focus());
  }

  useKey("r", t("keys.reply"), () => write(false), { when: canSend });
  useKey("m", t("keys.note"), () => write(true), { when: canSend });
  useKey("/", t("keys.canned"), () => undefined, { native: true, when: canSend });
  useKey("@", t("keys.mention"), () => undefined, { native: true, when: canSend });
  useKey("mod+Enter", t("keys.send"), send, { inInputs: true, when: canSend });

  if (!canSend) return <p className="border-t border-line bg-surface px-4 py-3 text-muted">{t("composer.readOnly")}</p>;
  return (
    <form
      onSubmit={send}
      {...dropZone(may.attachment)}
      className={cx("border-t border-line px-4 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] max-md:px-3", draft.note ? "bg-note" : "bg-bg")}
    >
      <KindChoice note={draft.note} onChange={(note) => setDraft({ note })} />
      {interrupts ? <AiReplies conversationId={conversation.id} /> : null}
      {closed ? (
        <ClosedComposer conversation={conversation} />
      ) : (
        <ComposerWords area={area} conversation={conversation} draft={draft} setDraft={setDraft} attachment={may.attachment} unreachable={may.unreachable} ready={ready} send={send} />
      )}
      <TooLong over={closed ? 0 : over} pieces={split.length} onSplit={sendPieces} />
    </form>
  );
}

function dropZone(attachment: Attachment | null) {
  return {
    onDragOver: (event: DragEvent) => attachment && event.preventDefault(),
    onDrop: (event: DragEvent) => takeFile(event, event.dataTransfer.files, attachment),
  };
}

function TooLong({ over, pieces, onSplit }: { over: number; pieces: number; onSplit(): void }) {
  if (over <= 0) return null;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
      <p role="alert" className="text-small text-danger">
        {t("composer.tooLong", { n: over })}
      </p>
      {pieces > 1 ? <Button onClick={onSplit}>{t("composer.split", { n: pieces })}</Button> : null}
    </div>
  );
}

function KindChoice({ note, onChange }: { note: boolean; onChange(note: boolean): void }) {
  const look =
    "target rounded-card px-3 text-small text-muted data-[state=on]:bg-text/8 data-[state=on]:font-medium data-[state=on]:text-text";
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={t("composer.kind")}
      value={note ? "note" : "reply"}
      onValueChange={(value) => value && onChange(value === "note")}
      className="mb-1 flex gap-1"
    >
      <ToggleGroup.Item value="reply" className={look}>
        {t("composer.reply")}
      </ToggleGroup.Item>
      <ToggleGroup.Item value="note" className={look}>
        {t("composer.note")}
      </ToggleGroup.Item>
    </ToggleGroup.Root>
  );
}
