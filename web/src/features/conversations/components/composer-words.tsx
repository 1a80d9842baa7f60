import { Lock, SendHorizontal } from "lucide-react";
import type { KeyboardEvent, RefObject, SyntheticEvent } from "react";
import { Button } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { enterSends } from "../hooks/enter-sends";
import { takeFile } from "../hooks/take-file";
import type { Attachment } from "../hooks/use-attachment";
import { useCanned } from "../hooks/use-canned";
import type { Draft } from "../hooks/use-draft";
import { useMentions } from "../hooks/use-mentions";
import { AttachFile, NoFiles } from "./attach-file";
import { AttachedFile } from "./attached-file";
import { CannedList } from "./canned-list";
import { MentionList } from "./mention-list";
import { MoreMenu } from "./more-menu";

const PLACEHOLDER = { ai: "composer.placeholderAi", human: "composer.placeholder" } as const;

interface WordsProps {
  area: RefObject<HTMLTextAreaElement | null>;
  conversation: Conversation;
  draft: Draft;
  setDraft(change: Partial<Draft>): void;
  /** null: nothing can be attached here. */
  attachment: Attachment | null;
  unreachable: boolean;
  ready: boolean;
  send(event: SyntheticEvent): void;
}

/** What is written, with what may be put into it by "/" and "@", and attached to it. */
export function ComposerWords({ area, conversation, draft, setDraft, attachment, unreachable, ready, send }: WordsProps) {
  const canned = useCanned({ area, text: draft.text, setText: (text) => setDraft({ text }), conversation });
  const mentioning = useMentions({ area, draft, setDraft });
  function follow(where: number | null, written?: string) {
    canned.follow(where, written);
    mentioning.follow(where, written);
  }
  return (
    <>
      {attachment ? <AttachedFile attachment={attachment} /> : null}
      <div className="flex flex-wrap items-end gap-2">
        {attachment ? <AttachFile attachment={attachment} /> : null}
        {unreachable ? <NoFiles /> : null}
        {draft.note ? null : <MoreMenu conversation={conversation} />}
        <div className="relative flex min-w-0 flex-1">
          <CannedList canned={canned} />
          <MentionList mentioning={mentioning} />
          <textarea
            ref={area}
            aria-label={t("composer.label")}
            {...canned.area}
            {...mentioning.area}
            data-testid="composer"
            rows={1}
            readOnly={attachment?.busy ?? false}
            dir="auto"
            value={draft.text}
            placeholder={t(draft.note ? "composer.placeholderNote" : PLACEHOLDER[conversation.mode])}
            onChange={({ target }) => {
              setDraft({ text: target.value });
              follow(target.selectionEnd, target.value);
            }}
            onSelect={(event) => follow(event.currentTarget.selectionEnd)}
            onBlur={() => follow(null)}
            onPaste={(event) => takeFile(event, event.clipboardData.files, attachment)}
            onKeyDown={(event) => {
              if (canned.takeKey(event) || mentioning.takeKey(event)) return;
              if (event.key === "Escape") event.currentTarget.blur();
              if (isPlainEnter(event) && enterSends.get()) send(event);
            }}
            className="field-sizing-content max-h-40 min-h-10 w-full min-w-0 resize-none rounded-card border border-control bg-bg px-3 py-2 text-body max-md:min-h-11 max-md:text-lead"
          />
        </div>
        <SendButton note={draft.note} disabled={!ready} />
      </div>
    </>
  );
}

function isPlainEnter({ key, shiftKey, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): boolean {
  return key === "Enter" && !shiftKey && !ctrlKey && !metaKey && !nativeEvent.isComposing;
}

function SendButton({ note, disabled }: { note: boolean; disabled: boolean }) {
  const Icon = note ? Lock : SendHorizontal;
  return (
    <Button type="submit" look="primary" disabled={disabled} title={t("composer.hint")} className="h-10 max-md:h-11">
      <Icon size={16} aria-hidden />
      <span className="max-md:sr-only">{t(note ? "composer.addNote" : "composer.send")}</span>
    </Button>
  );
}
