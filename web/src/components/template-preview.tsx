import { ClipboardList, Copy, ExternalLink, File, Image, MapPin, Phone, Reply, Video } from "lucide-react";
import { t, tWord } from "@/lib/i18n";
import type { Shown, ShownButton } from "@/lib/templates";
import { Foreign } from "./foreign";

const FORMATS: Record<string, typeof File> = { image: Image, video: Video, document: File, location: MapPin };
const ACTS: Record<string, typeof File> = { quick_reply: Reply, url: ExternalLink, phone: Phone, copy_code: Copy, flow: ClipboardList };

/** The message as it will stand on the customer's phone. */
export function TemplatePreview({ shown }: { shown: Shown }) {
  return (
    <figure aria-label={t("template.preview")} data-testid="template-preview" className="rounded-card bg-surface p-3">
      <div className="w-full max-w-80 rounded-xl bg-raised px-3 py-2 shadow-soft">
        <Header format={shown.headerFormat} text={shown.header} />
        <p className="whitespace-pre-wrap">
          <Foreign text={shown.body} />
        </p>
        {shown.footer ? <Foreign text={shown.footer} className="mt-1 block text-small text-muted" /> : null}
        {shown.buttons.length ? (
          <ul className="mt-2 flex flex-col border-t border-line pt-1">
            {shown.buttons.map((button, at) => (
              <Button key={at} button={button} />
            ))}
          </ul>
        ) : null}
      </div>
    </figure>
  );
}

function Header({ format, text }: { format: string | null; text: string }) {
  if (format === null) return null;
  const Icon = FORMATS[format];
  if (!Icon) return <Foreign text={text} className="mb-1 block font-semibold" />;
  return (
    <div className="mb-2 flex h-24 flex-col items-center justify-center gap-1 rounded bg-surface px-2 text-small text-muted">
      <Icon size={22} aria-hidden />
      {t(`template.format.${format as "image"}`)}
      {text ? <Foreign text={text} className="max-w-full truncate" /> : null}
    </div>
  );
}

function Button({ button: { act, text, leads } }: { button: ShownButton }) {
  const Icon = ACTS[act] ?? Reply;
  return (
    <li className="flex min-w-0 flex-col items-center py-1 text-center">
      <span className="flex max-w-full items-center gap-2 text-accent">
        <Icon size={15} aria-hidden className="shrink-0" />
        <Foreign text={text || tWord("template.act", act, act)} className="truncate" />
      </span>
      {leads ? <Foreign text={leads} className="max-w-full truncate text-small text-muted" /> : null}
    </li>
  );
}
