import { ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import type { ChannelProvider } from "@/lib/api/types";
import { t, tWord } from "@/lib/i18n";

interface ChoiceProps {
  offered: readonly ChannelProvider[];
  onChoose(provider: ChannelProvider): void;
  onClose(): void;
}

/** By which provider the number is to be reached. */
export function ProviderChoice({ offered, onChoose, onClose }: ChoiceProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector("button")?.focus(), []);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t("connect.providerLead")}</p>
      <ul ref={list} className="flex flex-col gap-2">
        {offered.map((provider) => (
          <li key={provider.provider}>
            <button
              type="button"
              onClick={() => onChoose(provider)}
              className="target flex w-full items-center gap-3 rounded-card border border-control p-3 text-left hover:bg-surface"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{provider.title}</span>
                <span className="block text-small text-muted">
                  {tWord("connect.about", provider.provider, t(provider.capabilities.window ? "connect.window" : "connect.noWindow"))}
                </span>
              </span>
              <ChevronRight size={16} aria-hidden className="shrink-0 text-muted" />
            </button>
          </li>
        ))}
      </ul>
      <div className="flex justify-end border-t border-line pt-4">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
      </div>
    </div>
  );
}
