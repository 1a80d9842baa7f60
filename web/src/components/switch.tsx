import { Switch as Radix } from "radix-ui";

interface SwitchProps {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange(checked: boolean): void;
}

/** On or off, taking effect at once. */
export function Switch({ label, checked, disabled = false, onChange }: SwitchProps) {
  return (
    <Radix.Root
      aria-label={label}
      title={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="target inline-flex shrink-0 items-center justify-center rounded-card disabled:cursor-not-allowed disabled:opacity-55"
    >
      <span
        data-on={checked || undefined}
        className="inline-flex h-5 w-9 items-center rounded-full bg-control px-0.5 transition-colors data-on:bg-accent"
      >
        <Radix.Thumb className="size-4 rounded-full bg-bg transition-transform data-[state=checked]:translate-x-4" />
      </span>
    </Radix.Root>
  );
}
