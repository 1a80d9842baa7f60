import { type Colleague, mentionParts } from "@/lib/mentions";

/** A note's words, with the colleagues whom it calls in marked. */
export function MentionWords({ text, mentions }: { text: string; mentions: readonly Colleague[] }) {
  return (
    <bdi dir="auto" className="foreign">
      {mentionParts(text, mentions).map((part, at) =>
        part.mention ? (
          <strong key={at} data-testid="mention" className="rounded bg-accent-soft px-0.5 font-medium text-accent">
            {part.text}
          </strong>
        ) : (
          part.text
        ),
      )}
    </bdi>
  );
}
