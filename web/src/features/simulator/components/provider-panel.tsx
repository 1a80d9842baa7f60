import { Dialog } from "@/components/dialog";
import { InlineError, Skeleton } from "@/components/notice";
import { SelectField } from "@/components/select-field";
import { Switch } from "@/components/switch";
import { explain } from "@/lib/explain";
import { t, tWord } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import type { PhoneAccess } from "../api/phone-shapes";
import {
  type PhoneTemplate,
  type ProviderPolicy,
  useDecide,
  usePhoneTemplates,
  useProviderPolicy,
  useSetPolicy,
} from "../api/provider";

interface PanelProps {
  access: PhoneAccess;
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** What the provider decides of the account, the number and its templates. */
export function ProviderPanel({ access, open, onOpenChange }: PanelProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("provider.title")} description={t("provider.lead")} place="side">
      <div className="flex flex-col gap-6">
        <Limits access={access} />
        <Templates access={access} />
      </div>
    </Dialog>
  );
}

const ANY = "any";
const TIERS = [250, 1000, 10_000, 100_000] as const;
const FEW = [1, 2, 5] as const;
const RATES = [1, 20, 80, 1000] as const;
const PACES = [0, 1, 10] as const;
const QUALITIES = ["GREEN", "YELLOW", "RED"] as const;
const figure = new Intl.NumberFormat("en");

function Limits({ access }: { access: PhoneAccess }) {
  const policy = useProviderPolicy(access);
  const set = useSetPolicy(access);
  const change = (body: Parameters<typeof set.mutate>[0]) => set.mutate(body, { onError: (error) => notifyFailure(explain(error)) });
  if (policy.isError && !policy.data) return <InlineError title={t("sim.failed")} error={policy.error} retry={() => void policy.refetch()} />;
  if (!policy.data) return <Skeleton rows={4} className="h-14 py-1" />;
  const { tier, used, quality, marketing_cap, pacing, per_second, pair_rate } = policy.data;
  return (
    <div className="flex flex-col gap-4">
      <Amount label={t("provider.tier")} help={t("provider.tierHelp", { n: used })} among={TIERS} value={tier} onChange={(n) => change({ tier: n })} />
      <SelectField
        label={t("provider.quality")}
        help={t("provider.qualityHelp")}
        value={quality}
        onChange={(event) => change({ quality: event.target.value as ProviderPolicy["quality"] })}
      >
        {QUALITIES.map((one) => (
          <option key={one} value={one}>
            {t(`provider.quality.${one}`)}
          </option>
        ))}
      </SelectField>
      <Amount label={t("provider.cap")} help={t("provider.capHelp")} among={FEW} value={marketing_cap} onChange={(n) => change({ marketing_cap: n })} />
      <Amount label={t("provider.pacing")} help={t("provider.pacingHelp")} among={PACES} value={pacing} onChange={(n) => change({ pacing: n })} />
      <Amount label={t("provider.rate")} help={t("provider.rateHelp")} among={RATES} value={per_second} onChange={(n) => change({ per_second: n })} />
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{t("provider.pair")}</p>
          <p className="text-small text-muted">{t("provider.pairHelp")}</p>
        </div>
        <Switch label={t("provider.pair")} checked={pair_rate} onChange={(on) => change({ pair_rate: on })} />
      </div>
    </div>
  );
}

interface AmountProps {
  label: string;
  help: string;
  among: readonly number[];
  value: number | null;
  onChange(value: number | null): void;
}

/** One of a few numbers, or any; a number that a scenario has set is among them. */
function Amount({ label, help, among, value, onChange }: AmountProps) {
  const shown = value === null || among.includes(value) ? among : [...among, value].sort((a, b) => a - b);
  return (
    <SelectField
      label={label}
      help={help}
      value={value ?? ANY}
      onChange={(event) => onChange(event.target.value === ANY ? null : Number(event.target.value))}
    >
      <option value={ANY}>{t("provider.any")}</option>
      {shown.map((one) => (
        <option key={one} value={one}>
          {figure.format(one)}
        </option>
      ))}
    </SelectField>
  );
}

const STATUSES = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"] as const;
const CATEGORIES = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;
const SCORES = ["UNKNOWN", "GREEN", "YELLOW", "RED"] as const;

function Templates({ access }: { access: PhoneAccess }) {
  const templates = usePhoneTemplates(access);
  if (templates.isError && !templates.data) return <InlineError error={templates.error} retry={() => void templates.refetch()} />;
  return (
    <section aria-label={t("provider.templates")} className="flex flex-col gap-3">
      <h3 className="font-semibold">{t("provider.templates")}</h3>
      {templates.data ? null : <Skeleton rows={3} className="h-14 py-1" />}
      {templates.data?.items.length === 0 ? <p className="text-muted">{t("provider.noTemplates")}</p> : null}
      {templates.data?.items.map((template) => (
        <Template key={template.id} access={access} template={template} />
      ))}
    </section>
  );
}

function Template({ access, template }: { access: PhoneAccess; template: PhoneTemplate }) {
  const decide = useDecide(access);
  const fields = [
    { name: "status", value: template.status, among: STATUSES },
    { name: "quality", value: template.quality_score.score, among: SCORES },
    { name: "category", value: template.category, among: CATEGORIES },
  ] as const;
  const { id, name, language } = template;
  return (
    <fieldset data-testid="provider-template" className="rounded-card border border-line px-3 pt-1 pb-3">
      <legend className="px-1 font-medium">
        {name} <span className="text-small font-normal text-muted">{language}</span>
      </legend>
      <div className="grid grid-cols-3 gap-2 max-md:grid-cols-1">
        {fields.map((field) => (
          <SelectField
            key={field.name}
            label={t(`provider.${field.name}`)}
            value={field.value}
            onChange={(event) =>
              decide.mutate({ id, [field.name]: event.target.value }, { onError: (error) => notifyFailure(explain(error)) })
            }
          >
            {field.among.map((word) => (
              <option key={word} value={word}>
                {tWord("provider.word", word, word)}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
    </fieldset>
  );
}
