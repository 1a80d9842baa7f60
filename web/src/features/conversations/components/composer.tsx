import { Lock, SendHorizontal } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { type KeyboardEvent, type SyntheticEvent, useRef } from "react";
import { Button } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { enterSends } from "../hooks/enter-sends";
import { enqueue } from "../hooks/outbox";
import { useDraft } from "../hooks/use-draft";
import { useTellPresence } from "../hooks/use-presence";
import { AiReplies } from "./ai-replies";
import { ClosedComposer } from "./closed-composer";

/** The most characters of a note, which nobody but us keeps. */
const LONGEST_NOTE = 4096;
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
  const closed = !conversation.window.open && !draft.note;
  const over = excess(draft, conversation);
  const replying = conversation.mode === "ai" && !draft.note && !closed && draft.text.trim() !== "";
  const ready = canSend && !closed && over <= 0 && draft.text.trim() !== "";

  function send(event?: SyntheticEvent) {
    event?.preventDefault();
    if (!ready) return;
    enqueue(conversation.id, draft.text.trim(), { note: draft.note });
    setDraft({ text: "" });
    area.current?.focus();
  }

  function write(note: boolean) {
    setDraft({ note });
    requestAnimationFrame(() => area.current?.focus());
  }

  useKey("r", t("keys.reply"), () => write(false), { when: canSend });
  useKey("m", t("keys.note"), () => write(true), { when: canSend });
  useKey("mod+Enter", t("keys.send"), send, { inInputs: true, when: canSend });

  if (!canSend) return <p className="border-t border-line bg-surface px-4 py-3 text-muted">{t("composer.readOnly")}</p>;
  return (
    <form
      onSubmit={send}
      className={cx("border-t border-line px-4 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] max-md:px-3", draft.note ? "bg-note" : "bg-bg")}
    >
      <KindChoice note={draft.note} onChange={(note) => setDraft({ note })} />
      {replying ? <AiReplies conversationId={conversation.id} /> : null}
      {closed ? (
        <ClosedComposer conversation={conversation} />
      ) : (
        <div className="flex items-end gap-2">
          <textarea
            ref={area}
            aria-label={t("composer.label")}
            data-testid="composer"
            rows={1}
            dir="auto"
            value={draft.text}
            placeholder={t(draft.note ? "composer.placeholderNote" : PLACEHOLDER[conversation.mode])}
            onChange={(event) => setDraft({ text: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.blur();
              if (isPlainEnter(event) && enterSends.get()) send(event);
            }}
            className="field-sizing-content max-h-40 min-h-10 flex-1 resize-none rounded-card border border-control bg-bg px-3 py-2 text-body max-md:min-h-11 max-md:text-lead"
          />
          <SendButton note={draft.note} disabled={!ready} />
        </div>
      )}
      <TooLong over={closed ? 0 : over} />
    </form>
  );
}

function TooLong({ over }: { over: number }) {
  if (over <= 0) return null;
  return (
    <p role="alert" className="mt-1 text-small text-danger">
      {t("composer.tooLong", { n: over })}
    </p>
  );
}

/** By how many characters it is too long; negative: so many are left. */
function excess({ text, note }: { text: string; note: boolean }, { text_limit }: Conversation): number {
  return [...text].length - (note ? LONGEST_NOTE : text_limit);
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
