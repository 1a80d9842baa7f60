import { Download, File as FileIcon, MapPin } from "lucide-react";
import { useState } from "react";
import { Foreign } from "@/components/foreign";
import { t, tWord } from "@/lib/i18n";
import { useMedia } from "../api/get-media";
import type { PhoneAccess, PhoneMessage } from "../api/phone-shapes";
import { type Attached, placeOf } from "../hooks/phone-content";

/** A picture, a recording or a document, fetched from the emulator when its message is on screen. */
export function PhoneMedia({ access, kind, media }: { access: PhoneAccess; kind: string; media: Attached }) {
  const file = useMedia(access, media.id);
  const url = file.data?.url;
  const [unplayable, setUnplayable] = useState(false);
  const name = media.filename ?? tWord("kind", kind, t("kind.unknown"));
  if (media.mime.startsWith("image/")) {
    return (
      <span className="my-1 flex h-40 w-60 max-w-full items-center justify-center overflow-hidden rounded-card bg-surface">
        {url ? <img src={url} alt={name} className="size-full object-cover" /> : <span className="text-small text-muted">{name}</span>}
      </span>
    );
  }
  if (media.mime.startsWith("audio/") && url && !unplayable) {
    return (
      <span className="block py-1">
        <span className="text-small text-bubble-muted">{tWord("kind", kind, name)}</span>
        <audio controls src={url} onError={() => setUnplayable(true)} className="h-11 w-60 max-w-full" />
      </span>
    );
  }
  return (
    <span className="flex items-center gap-2 py-1">
      <FileIcon size={20} aria-hidden className="shrink-0 text-bubble-muted" />
      <span className="min-w-0">
        <Foreign text={name} />
        <span className="block text-small text-bubble-muted">
          {media.mime.split(";")[0]}
          {file.data ? ` · ${t("sim.bytes", { n: Math.max(1, Math.round(file.data.size / 1024)) })}` : ""}
        </span>
      </span>
      {url ? (
        <a href={url} download={name} aria-label={t("sim.download", { name })} title={t("sim.download", { name })} className="target inline-flex items-center justify-center rounded-full text-muted">
          <Download size={16} aria-hidden />
        </a>
      ) : null}
    </span>
  );
}

export function PhonePlace({ message }: { message: PhoneMessage }) {
  const place = placeOf(message.content);
  return (
    <span className="flex items-center gap-2 py-1">
      <MapPin size={20} aria-hidden className="shrink-0 text-bubble-muted" />
      <span>
        {place?.name ? <Foreign text={place.name} /> : tWord("kind", "location", t("kind.unknown"))}
        {place?.address ? <Foreign text={place.address} className="block text-small" /> : null}
        {place ? <span className="block text-small text-bubble-muted tabular-nums">{`${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`}</span> : null}
      </span>
    </span>
  );
}
