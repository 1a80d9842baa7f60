import { CircleAlert, Clock, FileX, type LucideIcon, RefreshCw } from "lucide-react";
import { Button } from "@/components/button";
import type { Message } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { t, tn, tWord } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { notifyFailure } from "@/lib/notify";
import { useFetchFile } from "../api/fetch-file";
import type { AttachedFile } from "../hooks/message-file";
import { BOX, LINE } from "./file-box";

/** A file that is still at its provider, or will not come: which, and a way to try again. */
export function FileMissing({ message, file }: { message: Message; file: AttachedFile }) {
  const again = useFetchFile(message.id);
  const can = useCan();
  const pending = file.state === "pending";
  const boxed = file.shape === "picture" || file.shape === "film";
  const removed = file.state === "removed";
  const Icon: LucideIcon = pending ? Clock : removed ? FileX : CircleAlert;
  return (
    <span data-testid="message-file" data-state={file.state} className={cx(boxed ? BOX : LINE, boxed ? "px-3 text-center" : "flex-wrap py-1")}>
      <Icon size={18} aria-hidden className={cx("shrink-0", pending || removed ? "text-bubble-muted" : "text-danger")} />
      <span className={cx("min-w-0 text-small text-bubble-muted", boxed ? null : "flex-1 basis-44")}>
        {pending ? t("file.pending", { what: what(message, file) }) : why(message, file)}
      </span>
      {pending || removed || !can("reply") ? null : (
        <Button
          busy={again.isPending}
          onClick={() => again.mutate(undefined, { onError: (error) => notifyFailure(explain(error)) })}
        >
          <RefreshCw size={14} aria-hidden />
          {t("file.again")}
        </Button>
      )}
    </span>
  );
}

function what({ kind }: Message, { name }: AttachedFile): string {
  return name ?? tWord("kind", kind, t("kind.unknown"));
}

function why(message: Message, file: AttachedFile): string {
  const { state, reason, keptDays } = file;
  if (state === "removed") return t("file.removed", { what: what(message, file), days: tn("file.days", keptDays ?? 0) });
  const words = t(state === "absent" ? "file.absent" : "file.failed", { what: what(message, file) });
  return reason ? `${words} ${tWord("file.reason", reason, t("file.reason.other"))}` : words;
}
