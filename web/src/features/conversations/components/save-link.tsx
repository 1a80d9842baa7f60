import { Download } from "lucide-react";
import { t } from "@/lib/i18n";

/** Keeps a file that this page holds already. */
export function SaveLink({ url, name }: { url: string; name: string }) {
  return (
    <a href={url} download={name} className="target inline-flex items-center gap-2 self-end text-accent underline">
      <Download size={16} aria-hidden />
      {t("file.save")}
    </a>
  );
}
