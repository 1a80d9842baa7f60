import { ClipboardList, File, Image, LayoutTemplate, MapPin, MousePointerClick, Smile, Users, Video, Volume2 } from "lucide-react";
import { Foreign } from "@/components/foreign";
import type { Message } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";
import { factOf, frameOf, isDeleted, mentionsOf } from "../hooks/message-facts";
import { MentionWords } from "./mention-words";
import { MessageFile } from "./message-file";
import { MessageParts } from "./message-parts";
import { authorName, gist } from "./names";

const ICONS: Record<string, typeof File> = {
  image: Image,
  sticker: Smile,
  video: Video,
  audio: Volume2,
  voice: Volume2,
  document: File,
  location: MapPin,
  contacts: Users,
  button_reply: MousePointerClick,
  list_reply: MousePointerClick,
  quick_reply: MousePointerClick,
  form_reply: ClipboardList,
  flow: ClipboardList,
  reaction: Smile,
  template: LayoutTemplate,
};

/** The words of a message; things that are not words say what they are, in a box of fixed height. */
export function MessageContent({ message }: { message: Message }) {
  const Icon = ICONS[message.kind];
  const words = message.text?.trim();
  const attached = message.media !== null;
  const named = !attached && (Icon !== undefined || !words);
  const fact = named ? factOf(message) : null;
  const mentions = mentionsOf(message);
  const { header, footer } = frameOf(message);
  if (isDeleted(message)) return <span className="text-small text-bubble-muted italic">{t("message.deleted")}</span>;
  return (
    <>
      <MessageFile message={message} />
      {named ? (
        <span className="inline-flex min-h-7 items-center gap-2 text-small text-bubble-muted">
          {Icon ? <Icon size={16} aria-hidden className="shrink-0" /> : null}
          <span>
            {kindWords(message, words)}
            {fact ? <Foreign text={fact} className="ml-2 text-text" /> : null}
          </span>
        </span>
      ) : null}
      {named && words ? <br /> : null}
      {header ? <Foreign text={header} className="block font-medium" /> : null}
      {words ? (
        <span data-testid="message-body" className="whitespace-pre-wrap">
          {mentions.length ? <MentionWords text={words} mentions={mentions} /> : <Foreign text={words} />}
        </span>
      ) : null}
      {footer ? <Foreign text={footer} className="block text-small text-bubble-muted" /> : null}
      <MessageParts message={message} />
    </>
  );
}

function kindWords({ kind }: Message, words: string | undefined): string {
  if (kind === "reaction" && !words) return t("kind.reaction_removed");
  return tWord("kind", kind, t("kind.unknown"));
}

/** The message this one answers; a press scrolls to it. */
export function Quote({ message, onOpen }: { message: Message; onOpen(): void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="mb-1 block w-full max-md:min-h-11 rounded border-l-4 border-accent bg-text/5 px-2 py-1 text-left text-small"
    >
      <span className="block font-medium text-accent">{authorName(message)}</span>
      <span className="line-clamp-2 text-bubble-muted">
        <Foreign text={gist(message)} />
      </span>
    </button>
  );
}
