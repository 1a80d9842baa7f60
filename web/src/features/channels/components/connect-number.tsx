import { useState } from "react";
import { InlineError, Skeleton } from "@/components/notice";
import type { Channel, ChannelProvider } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useProviders } from "../api/list-providers";
import { asked } from "../hooks/channel-draft";
import { type Made, NumberConnected, type Stage } from "./number-connected";
import { NumberForm } from "./number-form";
import { ProviderChoice } from "./provider-choice";
import { Steps } from "./steps";

const STAGES = { left: "connect.webhook", link: "connect.link", test: "connect.test" } as const satisfies Record<Stage, string>;

interface ConnectProps {
  /** Stored: from now on the card of the number shows what was made for it too. */
  onSaved(id: string, made: Made): void;
  onClose(): void;
}

/** From a provider's pages to a number that answers. */
export function ConnectNumber({ onSaved, onClose }: ConnectProps) {
  const providers = useProviders();
  const [chosen, setChosen] = useState<ChannelProvider | null>(null);
  if (providers.isPending) return <Skeleton rows={3} className="h-12 py-1" />;
  if (providers.isError) return <InlineError error={providers.error} retry={() => void providers.refetch()} />;
  const offered = providers.data;
  const provider = chosen ?? (offered.length === 1 ? offered[0] : undefined);
  if (!provider) return <ProviderChoice offered={offered} onChoose={setChosen} onClose={onClose} />;
  const another = offered.length > 1 ? () => setChosen(null) : onClose;
  return <Connecting provider={provider} onSaved={onSaved} onBack={another} onClose={onClose} />;
}

interface ConnectingProps extends ConnectProps {
  provider: ChannelProvider;
  onBack(): void;
}

/** Two steps that ask, one that says what is left to do at the provider and one that links a phone (where there is
 * such a thing), one that tries. */
function Connecting({ provider, onSaved, onBack, onClose }: ConnectingProps) {
  const [stored, setStored] = useState<{ channel: Channel; made: Made } | null>(null);
  const [step, setStep] = useState(0);
  const left = provider.then.length > 0;
  const asking = asked(provider).length;
  const stages: Stage[] = [...(left ? (["left"] as const) : []), ...(provider.capabilities.pairs ? (["link"] as const) : []), "test"];
  const names = [t("connect.number"), t("connect.access"), ...stages.map((stage) => t(STAGES[stage]))];
  return (
    <div className="flex flex-col gap-5">
      <Steps names={names} at={step} />
      {stored ? (
        <NumberConnected
          {...stored}
          provider={provider}
          stage={stages[step - asking] ?? "test"}
          first={step === asking}
          onNext={() => setStep(step + 1)}
          onBack={() => setStep(step - 1)}
          onClose={onClose}
        />
      ) : (
        <NumberForm
          provider={provider}
          step={step}
          onStep={setStep}
          onBack={onBack}
          onStored={(channel, made) => {
            setStored({ channel, made });
            setStep(asking);
            onSaved(channel.id, made);
          }}
        />
      )}
    </div>
  );
}
