import { Lock, SendHorizontal } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { type DragEvent, type KeyboardEvent, type RefObject, type SyntheticEvent, useRef } from "react";
import { Button } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { useReachable } from "@/lib/me";
import { enterSends } from "../hooks/enter-sends";
import { enqueue } from "../hooks/outbox";
import { pieces } from "../hooks/pieces";
import { sendable } from "../hooks/sendable";
import { type Attachment, useAttachment } from "../hooks/use-attachment";
import { useCanned } from "../hooks/use-canned";
import { type Draft, useDraft } from "../hooks/use-draft";
import { useTellPresence } from "../hooks/use-presence";
import { AiReplies } from "./ai-replies";
import { AttachFile, NoFiles } from "./attach-file";
import { AttachedFile } from "./attached-file";
import { CannedList } from "./canned-list";
import { ClosedComposer } from "./closed-composer";
import { MoreMenu } from "./more-menu";

const PLACEHOLDER = { ai: "composer.placeholderAi", human: "composer.placeholder" } as const;

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
      enqueue(conversation.id, draft.text.trim(), { note: draft.note });
      setDraft({ text: "" });
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
        <Words area={area} conversation={conversation} draft={draft} setDraft={setDraft} attachment={may.attachment} unreachable={may.unreachable} ready={ready} send={send} />
      )}
      <TooLong over={closed ? 0 : over} pieces={split.length} onSplit={sendPieces} />
    </form>
  );
}

interface WordsProps {
  area: RefObject<HTMLTextAreaElement | null>;
  conversation: Conversation;
  draft: Draft;
  setDraft(change: Partial<Draft>): void;
  /** null: nothing can be attached here. */
  attachment: Attachment | null;
  unreachable: boolean;
  ready: boolean;
  send(event: SyntheticEvent): void;
}

function Words({ area, conversation, draft, setDraft, attachment, unreachable, ready, send }: WordsProps) {
  const canned = useCanned({ area, text: draft.text, setText: (text) => setDraft({ text }), conversation });
  return (
    <>
      {attachment ? <AttachedFile attachment={attachment} /> : null}
      <div className="flex flex-wrap items-end gap-2">
        {attachment ? <AttachFile attachment={attachment} /> : null}
        {unreachable ? <NoFiles /> : null}
        {draft.note ? null : <MoreMenu conversation={conversation} />}
        <div className="relative flex min-w-0 flex-1">
          <CannedList canned={canned} />
          <textarea
            ref={area}
            aria-label={t("composer.label")}
            {...canned.area}
            data-testid="composer"
            rows={1}
            readOnly={attachment?.busy ?? false}
            dir="auto"
            value={draft.text}
            placeholder={t(draft.note ? "composer.placeholderNote" : PLACEHOLDER[conversation.mode])}
            onChange={({ target }) => {
              setDraft({ text: target.value });
              canned.follow(target.selectionEnd, target.value);
            }}
            onSelect={(event) => canned.follow(event.currentTarget.selectionEnd)}
            onBlur={() => canned.follow(null)}
            onPaste={(event) => takeFile(event, event.clipboardData.files, attachment)}
            onKeyDown={(event) => {
              if (canned.takeKey(event)) return;
              if (event.key === "Escape") event.currentTarget.blur();
              if (isPlainEnter(event) && enterSends.get()) send(event);
            }}
            className="field-sizing-content max-h-40 min-h-10 w-full min-w-0 resize-none rounded-card border border-control bg-bg px-3 py-2 text-body max-md:min-h-11 max-md:text-lead"
          />
        </div>
        <SendButton note={draft.note} disabled={!ready} />
      </div>
    </>
  );
}

function dropZone(attachment: Attachment | null) {
  return {
    onDragOver: (event: DragEvent) => attachment && event.preventDefault(),
    onDrop: (event: DragEvent) => takeFile(event, event.dataTransfer.files, attachment),
  };
}

function takeFile(event: SyntheticEvent, files: FileList, attachment: Attachment | null): void {
  if (!attachment || !files[0]) return;
  event.preventDefault();
  attachment.choose(files[0]);
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

function isPlainEnter({ key, shiftKey, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean {
  return key === "Enter" && !shiftKey && !ctrlKey && !metaKey && !nativeEvent.isComposing;
}

function SendButton({ note, disabled }: { note: boolean; disabled: boolean }) {
  const Icon = note ? Lock : SendHorizontal;
  return (
    <Button type="submit" look="primary" disabled={disabled} title={t("composer.hint")} className="h-10 max-md:h-11">
      <Icon size={16} aria-hidden />
      <span className="max-md:sr-only">{t(note ? "composer.addNote" : "composer.send")}</span>
    </Button>
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
