import { useNavigate } from "@tanstack/react-router";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { NAV } from "./nav-items";

/** The second key after G, by the first part of an address. */
const LETTERS: Record<string, string> = {
  inbox: "i",
  leads: "l",
  contacts: "c",
  campaigns: "m",
  knowledge: "k",
  documents: "d",
  analytics: "a",
  settings: "s",
};

function letterOf(address: string): string | undefined {
  return LETTERS[address.split("/")[1] ?? ""];
}

/** G and a letter goes to a place of the rail. */
export function Chords() {
  return NAV.map((item) => {
    const letter = letterOf(item.to);
    return letter ? <Chord key={item.to} letter={letter} item={item} /> : null;
  });
}

function Chord({ letter, item }: { letter: string; item: (typeof NAV)[number] }) {
  const navigate = useNavigate();
  useKey(`g ${letter}`, t("keys.go", { place: t(item.text) }), () => void navigate({ to: item.to }));
  return null;
}
