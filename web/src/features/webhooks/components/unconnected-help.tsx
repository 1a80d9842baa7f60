import { Link } from "@tanstack/react-router";
import type { Channel } from "@/lib/api/types";
import { t, tn } from "@/lib/i18n";

interface HelpProps {
  /** Numbers that the webhook names and nobody has connected here. */
  numbers: readonly string[];
  /** The one at whose own address it came in. */
  channel: Channel | undefined;
}

/** For whoever mistyped a number: which one came, which one is connected, and where to correct it. */
export function UnconnectedHelp({ numbers, channel }: HelpProps) {
  if (numbers.length === 0) return null;
  const own = channel?.fields.phone_number_id;
  return (
    <div data-testid="unconnected" className="flex flex-col gap-1 rounded-card bg-amber-soft px-3 py-2 text-amber">
      <p className="font-medium">{tn("webhooks.unconnected", numbers.length)}</p>
      <p>
        <code className="break-all">{numbers.join(", ")}</code>
      </p>
      {channel && own ? <p>{t("webhooks.ownNumber", { name: channel.name, number: own })}</p> : null}
      <p>
        {t("webhooks.mistyped")}{" "}
        <Link to="/settings/channels" search={channel ? { form: channel.id } : {}} className="target font-medium underline">
          {t("settings.tab.channels")}
        </Link>
      </p>
    </div>
  );
}
