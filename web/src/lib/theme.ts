/** Light or dark: the system's choice until the reader makes one, which is then kept (index.html reads it first). */
import { createStore } from "./store";

const KEY = "samvad.theme";
type Theme = "light" | "dark";

const system = window.matchMedia("(prefers-color-scheme: dark)");

function saved(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "dark" || value === "light" ? value : null;
  } catch {
    return null;
  }
}

const current = (): Theme => saved() ?? (system.matches ? "dark" : "light");

export const theme = createStore<Theme>(current());

function paint(): void {
  theme.set(current());
  document.documentElement.dataset.theme = theme.get();
}

export function toggleTheme(): void {
  const next: Theme = theme.get() === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the system's choice stays.
  }
  paint();
}

system.addEventListener("change", paint);
window.addEventListener("storage", paint);
