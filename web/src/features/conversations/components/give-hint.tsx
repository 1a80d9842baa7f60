import { X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useModels } from "@/lib/me";
import { notify, notifyFailure } from "@/lib/notify";
import { useStore } from "@/lib/store";
import { useSetMode } from "../api/set-mode";
import { hintOffer } from "../hooks/hint-offer";

const MOST = 200;

/** After giving back: one line for the AI, if one likes; gone as soon as somebody else answers. */
export function GiveHint({ conversation: { id, mode } }: { conversation: Conversation }) {
  const offer = useStore(hintOffer);
  const offered = offer?.conversation === id;
  useEffect(() => {
    if (offered && mode !== "ai") hintOffer.set(null);
  }, [offered, mode]);
  return offered && mode === "ai" ? <HintLine key={id} conversationId={id} asked={offer.asked} /> : null;
}

function HintLine({ conversationId, asked }: { conversationId: string; asked: boolean }) {
  const [hint, setHint] = useState("");
  const models = useModels();
  const { mutate, isPending } = useSetMode();
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked) line.current?.focus();
  }, [asked]);
  const fail = (error: unknown) => notifyFailure(t("hint.failed"), explain(error));

  function give(event: FormEvent) {
    event.preventDefault();
    if (!hint.trim()) return;
    const undo = () => mutate({ id: conversationId, mode: "ai", hint: "" }, { onError: fail });
    const onSuccess = () => {
      notify(t("hint.given"), { undo });
      close();
    };
    mutate({ id: conversationId, mode: "ai", hint: hint.trim() }, { onSuccess, onError: fail });
  }

  return (
    <form
      onSubmit={give}
      onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && close()}
      data-testid="give-hint"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-accent-soft px-4 py-2 max-md:px-3"
    >
      <input
        ref={line}
        aria-label={t("hint.label")}
        aria-describedby="hint-help"
        dir="auto"
        maxLength={MOST}
        value={hint}
        placeholder={t("hint.placeholder")}
        onChange={(event) => setHint(event.target.value)}
        className="target h-9 min-w-0 flex-1 rounded-card border border-control bg-bg px-3 max-md:h-11 max-md:text-lead"
      />
      <Button type="submit" busy={isPending} disabled={!hint.trim()} className="h-9 max-md:h-11">
        {t("hint.give")}
      </Button>
      <IconButton label={t("hint.close")} onClick={close}>
        <X size={16} aria-hidden />
      </IconButton>
      <p id="hint-help" className="w-full text-small text-accent">
        {t(models ? "hint.help" : "hint.helpOffline")}
      </p>
    </form>
  );
}

/** The focus, where it was in here, goes back to where it came from. */
function close(): void {
  const opener = hintOffer.get()?.opener;
  const inside = document.activeElement?.closest("[data-testid=give-hint]");
  hintOffer.set(null);
  if (inside && opener instanceof HTMLElement) opener.focus();
}
