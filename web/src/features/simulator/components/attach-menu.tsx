import {
  BadgeQuestionMark,
  Contact,
  File as FileIcon,
  FileText,
  FolderOpen,
  Image,
  MapPin,
  Megaphone,
  Music,
  Paperclip,
  Reply,
  ShoppingCart,
  Smartphone,
  Sticker,
  Video,
  Volume2,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "@/components/button";
import { t, type TextKey } from "@/lib/i18n";
import type { CustomerDraft } from "../api/send-as-customer";

type Icon = typeof FileIcon;
interface Sample {
  text: TextKey;
  icon: Icon;
  draft: CustomerDraft;
}

const FILES: readonly Sample[] = [
  { text: "sim.attach.image", icon: Image, draft: { kind: "image" } },
  { text: "sim.attach.video", icon: Video, draft: { kind: "video" } },
  { text: "sim.attach.voice", icon: Volume2, draft: { kind: "voice" } },
  { text: "sim.attach.audio", icon: Music, draft: { kind: "audio" } },
  { text: "sim.attach.document", icon: FileIcon, draft: { kind: "document" } },
  { text: "sim.attach.sticker", icon: Sticker, draft: { kind: "sticker" } },
];
const OTHERS: readonly Sample[] = [
  { text: "sim.attach.location", icon: MapPin, draft: { kind: "location" } },
  { text: "sim.attach.contact", icon: Contact, draft: { kind: "contacts" } },
  { text: "sim.attach.order", icon: ShoppingCart, draft: { kind: "order" } },
  { text: "sim.attach.form", icon: FileText, draft: { kind: "nfm_reply", content: { response_json: "no object" } } },
  { text: "sim.attach.button", icon: Reply, draft: { kind: "button", content: { text: "Yes" } } },
  { text: "sim.attach.unsupported", icon: BadgeQuestionMark, draft: { kind: "unsupported" } },
];
const ITEM = "target flex items-center gap-3 rounded-card px-3 outline-none data-highlighted:bg-surface";

interface MenuProps {
  /** What stands in the field; null where nothing does. */
  words: string | null;
  onFile(): void;
  onSend(draft: CustomerDraft): void;
}

/** Everything that can be sent beside words: files of one's own, samples, words from elsewhere. */
export function AttachMenu({ words, onFile, onSend }: MenuProps) {
  const body = words ?? t("sim.attach.words");
  const ad: CustomerDraft = { kind: "text", content: { body }, referral: {} };
  return (
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
          collisionPadding={8}
          className="animate-rise z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-card border border-line bg-raised p-1 text-text shadow-lg"
        >
          <Entry icon={FolderOpen} onSelect={onFile}>
            {t("sim.attach.own")}
          </Entry>
          {[FILES, OTHERS].map((samples, at) => (
            <DropdownMenu.Group key={at}>
              <DropdownMenu.Label className="px-3 pt-2 text-small text-muted">
                {t(at === 0 ? "sim.attach.samples" : "sim.attach.others")}
              </DropdownMenu.Label>
              {samples.map(({ text, icon, draft }) => (
                <Entry key={text} icon={icon} onSelect={() => onSend(draft)}>
                  {t(text)}
                </Entry>
              ))}
            </DropdownMenu.Group>
          ))}
          <DropdownMenu.Label className="px-3 pt-2 text-small text-muted">{t("sim.attach.written")}</DropdownMenu.Label>
          <Entry icon={Megaphone} onSelect={() => onSend(ad)}>
            {t("sim.attach.ad")}
          </Entry>
          <Entry icon={Smartphone} onSelect={() => onSend({ kind: "echo", content: { body } })}>
            {t("sim.attach.echo")}
          </Entry>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entry({ icon: Shown, onSelect, children }: { icon: Icon; onSelect(): void; children: ReactNode }) {
  return (
    <DropdownMenu.Item onSelect={onSelect} className={ITEM}>
      <Shown size={16} aria-hidden />
      {children}
    </DropdownMenu.Item>
  );
}
