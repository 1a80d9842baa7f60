import { File as FileIcon, FolderOpen, Image, MapPin, Paperclip, SendHorizontal, Volume2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ChangeEvent, type FormEvent, useRef, useState } from "react";
import { IconButton } from "@/components/button";
import { t, type TextKey } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import type { CustomerDraft } from "../api/send-as-customer";
import { draftOf, MOST_BYTES } from "../hooks/own-file";

interface Attachment {
  text: TextKey;
  icon: typeof FileIcon;
  draft: CustomerDraft;
}

const ATTACHMENTS: readonly Attachment[] = [
  { text: "sim.attach.image", icon: Image, draft: { kind: "image" } },
  { text: "sim.attach.voice", icon: Volume2, draft: { kind: "voice" } },
  { text: "sim.attach.document", icon: FileIcon, draft: { kind: "document" } },
  { text: "sim.attach.location", icon: MapPin, draft: { kind: "location" } },
];

const ITEM = "target flex items-center gap-3 rounded-card px-3 outline-none data-highlighted:bg-surface";

/** What the customer writes or attaches; attachments are files of their own, or small samples of the emulator. */
export function PhoneComposer({ onSend }: { onSend(draft: CustomerDraft): void }) {
  const [text, setText] = useState("");
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
    onSend({ kind: "text", content: { body: text.trim() } });
    setText("");
  }

  return (
    <form onSubmit={submit} className="flex items-center gap-1 border-t border-line bg-surface p-2">
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <IconButton label={t("sim.attach")} className="size-10 max-md:size-11">
            <Paperclip size={18} aria-hidden />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            side="top"
            align="start"
            sideOffset={6}
            className="animate-rise z-50 min-w-48 rounded-card border border-line bg-raised p-1 text-text shadow-lg"
          >
            <DropdownMenu.Item onSelect={() => picker.current?.click()} className={ITEM}>
              <FolderOpen size={16} aria-hidden />
              {t("sim.attach.own")}
            </DropdownMenu.Item>
            <DropdownMenu.Label className="px-3 pt-2 text-small text-muted">{t("sim.attach.samples")}</DropdownMenu.Label>
            {ATTACHMENTS.map((item) => (
              <DropdownMenu.Item key={item.text} onSelect={() => onSend(item.draft)} className={ITEM}>
                <item.icon size={16} aria-hidden />
                {t(item.text)}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <input ref={picker} type="file" hidden aria-label={t("sim.attach.own")} data-testid="phone-file" onChange={attach} />
      <input
        aria-label={t("sim.write")}
        placeholder={t("sim.write")}
        data-testid="phone-input"
        dir="auto"
        value={text}
        maxLength={4096}
        onChange={(event) => setText(event.target.value)}
        className="target h-10 min-w-0 flex-1 rounded-full border border-control bg-bg px-4 max-md:h-11 max-md:text-lead"
      />
      <IconButton type="submit" look="primary" label={t("sim.send")} disabled={!text.trim()} className="size-10 rounded-full max-md:size-11">
        <SendHorizontal size={18} aria-hidden />
      </IconButton>
    </form>
  );
}
