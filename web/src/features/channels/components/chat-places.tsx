import { ExternalLink } from "lucide-react";
import { CopyField } from "@/components/copy-field";
import type { Channel } from "@/lib/api/types";
import { t } from "@/lib/i18n";

/** Where a chat channel is used: the line for a site, tried out here, and the address for programs. */
export function ChatPlaces({ channel }: { channel: Channel }) {
  const key = channel.fields["public_key"] ?? "";
  const { origin } = new URL(channel.webhook_url);
  return (
    <>
      <div className="flex flex-col items-start gap-1">
        <div className="w-full">
          <CopyField label={t("channels.widgetLine")} value={`<script src="${origin}/widget/${key}.js" async></script>`} help={t("channels.widgetHelp")} />
        </div>
        <a href={`/widget/${key}/try`} target="_blank" rel="noopener" className="target inline-flex items-center gap-2 text-accent underline">
          {t("channels.widgetTry")}
          <ExternalLink size={16} aria-hidden />
        </a>
      </div>
      <CopyField label={t("channels.chatAddress")} value={`${origin}/api/v1/chat/${key}/messages`} help={t("channels.chatHelp")} />
    </>
  );
}
