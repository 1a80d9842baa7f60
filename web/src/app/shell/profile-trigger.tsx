import { useQuery } from "@tanstack/react-query";
import type { ButtonHTMLAttributes, Ref } from "react";
import { Avatar } from "@/components/avatar";
import { t } from "@/lib/i18n";
import { meQuery } from "@/lib/me";

export interface ProfileProps {
  side: "right" | "top";
  onHelp(): void;
  /** What stands under the picture; the bottom bar names it. */
  caption?: string;
}

interface TriggerProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  caption?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** Who is signed in, as a button. */
export function ProfileTrigger({ caption, ...rest }: TriggerProps) {
  const me = useQuery(meQuery).data;
  const name = me?.member?.name || me?.member?.email || "";
  return (
    <button
      type="button"
      aria-label={caption ? undefined : t("nav.account")}
      {...rest}
      className="target flex flex-col items-center justify-center gap-0.5 rounded-card text-small text-muted hover:bg-line/60 md:size-10"
    >
      <Avatar name={name} seed={me?.member?.id ?? ""} size={caption ? "size-6 text-[10px]" : "size-8 text-small"} />
      {caption}
    </button>
  );
}
