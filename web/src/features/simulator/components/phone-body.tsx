import { Link, User } from "lucide-react";
import { Foreign } from "@/components/foreign";
import { t, tWord } from "@/lib/i18n";
import type { PhoneAccess, PhoneMessage } from "../api/phone-shapes";
import { attachedOf, cardsOf, frameOf, remoteOf } from "../hooks/phone-content";
import { PhoneMedia, PhonePlace } from "./phone-media";

interface BodyProps {
  access: PhoneAccess;
  message: PhoneMessage;
  quoted: PhoneMessage | null;
}

/** What is inside a bubble: what it quotes, a file, a place, people, words. */
export function PhoneBody({ access, message, quoted }: BodyProps) {
  const media = attachedOf(message.content);
  const remote = remoteOf(message.content);
  const cards = cardsOf(message.content);
  if (message.kind === "deleted") return <span className="text-bubble-muted italic">{t("sim.deleted")}</span>;
  const { header, footer } = frameOf(message.content);
  const words = message.text?.trim();
  const shown = media !== null || remote !== null || cards.length > 0 || Boolean(words) || message.kind === "location";
  return (
    <>
      {quoted ? <Quoted message={quoted} /> : null}
      {media ? <PhoneMedia access={access} kind={message.kind} media={media} /> : null}
      {remote ? <Remote kind={message.kind} name={remote.name} url={remote.url} /> : null}
      {message.kind === "location" ? <PhonePlace message={message} /> : null}
      {cards.map(({ name, phone }, at) => (
        <Card key={at} name={name} phone={phone} />
      ))}
      {header ? <Foreign text={header} className="block font-medium" /> : null}
      {words ? (
        <span className="whitespace-pre-wrap">
          <Foreign text={words} />
        </span>
      ) : null}
      {footer ? <Foreign text={footer} className="block text-small text-bubble-muted" /> : null}
      {shown ? null : <span className="text-small text-bubble-muted">{tWord("kind", message.kind, t("kind.unknown"))}</span>}
    </>
  );
}

function Quoted({ message }: { message: PhoneMessage }) {
  const words = message.text?.trim() || tWord("kind", message.kind, t("kind.unknown"));
  return (
    <span data-testid="phone-quote" className="mb-1 block rounded border-l-4 border-accent bg-text/5 px-2 py-1 text-small text-bubble-muted">
      <Foreign text={words} className="line-clamp-2" />
    </span>
  );
}

/** A file that WhatsApp would fetch from its address; nothing leaves this machine, so it is only named. */
function Remote({ kind, name, url }: { kind: string; name: string; url: string }) {
  return (
    <span className="flex items-center gap-2 py-1">
      <Link size={18} aria-hidden className="shrink-0 text-bubble-muted" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="block text-small text-bubble-muted">{tWord("kind", kind, t("kind.unknown"))}</span>
        <span title={url}>
          <Foreign text={name} />
        </span>
      </span>
    </span>
  );
}

function Card({ name, phone }: { name: string; phone: string | null }) {
  return (
    <span className="flex items-center gap-2 py-1">
      <User size={18} aria-hidden className="shrink-0 text-bubble-muted" />
      <span className="min-w-0">
        <Foreign text={name} />
        {phone ? <Foreign text={phone} className="block text-small text-bubble-muted" /> : null}
      </span>
    </span>
  );
}
