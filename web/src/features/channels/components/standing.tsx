import type { Channel } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";

const TONES: Record<string, string> = { medium: "text-amber", low: "text-danger" };

/** What the provider says of the number; words of its own that are new to us are shown as it says them. */
export function Standing({ standing }: { standing: NonNullable<Channel["standing"]> }) {
  const { quality, throughput, name_status, state, asked_at } = standing;
  const said = [
    { text: t(`standing.quality.${quality}`), tone: TONES[quality] },
    ...(state ? [{ text: word("state", state), tone: state === "connected" ? undefined : "text-amber" }] : []),
    ...(name_status ? [{ text: word("name", name_status), tone: name_status === "declined" ? "text-amber" : undefined }] : []),
    ...(throughput ? [{ text: word("throughput", throughput), tone: undefined }] : []),
  ];
  return (
    <p title={t("standing.asked", { time: formatFull(asked_at) })} data-testid="standing" className="text-small text-muted">
      {said.map(({ text, tone }, at) => (
        <span key={text}>
          {at ? " · " : null}
          <span className={cx(tone)}>{text}</span>
        </span>
      ))}
    </p>
  );
}

const word = (about: string, said: string) => tWord(`standing.${about}`, said, said.replaceAll("_", " "));
