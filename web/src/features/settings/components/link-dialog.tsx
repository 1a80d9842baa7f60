import { CopyField } from "@/components/copy-field";
import { Dialog } from "@/components/dialog";
import type { OneTimeLink } from "@/lib/api/types";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";

/** A one-time link, shown this once; whoever opens it is signed in as that person. */
export function LinkDialog({ link, name, onClose }: { link: OneTimeLink | null; name: string; onClose(): void }) {
  return (
    <Dialog
      open={link !== null}
      onOpenChange={(open) => open || onClose()}
      title={t("members.linkFor", { name })}
      description={t("members.linkLead", { name })}
    >
      {link ? <CopyField label={t("members.link")} value={link.url} help={t("members.linkUntil", { time: formatFull(link.expires_at) })} /> : null}
    </Dialog>
  );
}
