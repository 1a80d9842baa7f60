import { SendHorizontal, X } from "lucide-react";
import { type ChangeEvent, type FormEvent, useRef, useState } from "react";
import { IconButton } from "@/components/button";
import { t } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import type { PhoneMessage } from "../api/phone-shapes";
import type { CustomerDraft } from "../api/send-as-customer";
import { draftOf, MOST_BYTES } from "../hooks/own-file";
import { AttachMenu } from "./attach-menu";

interface ComposerProps {
  /** A message of the customer's that gets other words. */
  editing: PhoneMessage | null;
  onEdited(): void;
  onSend(draft: CustomerDraft): void;
}

/** What the customer writes or attaches; attachments are files of their own, or small samples of the emulator. */
export function PhoneComposer({ editing, onEdited, onSend }: ComposerProps) {
  const [text, setText] = useState(editing?.text ?? "");
  const picker = useRef<HTMLInputElement>(null);

  function attach(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = ""; // the same file may be chosen again
    if (!file) return;
    if (file.size > MOST_BYTES) notifyFailure(t("sim.tooLarge"));
    else draftOf(file).then(onSend, () => notifyFailure(t("sim.unreadable", { name: file.name })));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!text.trim()) return;
    if (editing) onSend({ kind: "edit", content: { original_message_id: editing.wamid, text: text.trim() } });
    else onSend({ kind: "text", content: { body: text.trim() } });
    setText("");
    onEdited();
  }

  /** Where words were taken along, the field is empty afterwards. */
  function sendOther(draft: CustomerDraft) {
    onSend(draft);
    if (draft.referral || draft.kind === "echo") setText("");
  }

  return (
    <form onSubmit={submit} className="flex items-center gap-1 border-t border-line bg-surface p-2">
      <AttachMenu words={editing ? null : text.trim() || null} onFile={() => picker.current?.click()} onSend={sendOther} />
      <input ref={picker} type="file" hidden aria-label={t("sim.attach.own")} data-testid="phone-file" onChange={attach} />
      <input
        aria-label={t(editing ? "sim.newWords" : "sim.write")}
        placeholder={t("sim.write")}
        data-testid="phone-input"
        dir="auto"
        value={text}
        maxLength={4096}
        onChange={(event) => setText(event.target.value)}
        className="target h-10 min-w-0 flex-1 rounded-full border border-control bg-bg px-4 max-md:h-11 max-md:text-lead"
      />
      {editing ? (
        <IconButton label={t("action.cancel")} onClick={onEdited} className="size-10 max-md:size-11">
          <X size={18} aria-hidden />
        </IconButton>
      ) : null}
      <IconButton type="submit" look="primary" label={t(editing ? "sim.edit" : "sim.send")} disabled={!text.trim()} className="size-10 rounded-full max-md:size-11">
        <SendHorizontal size={18} aria-hidden />
      </IconButton>
    </form>
  );
}
