/** How the chat looks. A constructed sheet in a shadow root: no site's policy or style reaches it. */
export const STYLE = `
:host { all: initial; position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px;
  color-scheme: light dark; font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  --accent: #0f766e; --ink: #fff; --back: #fff; --text: #16181d; --quiet: #5b6270; --line: #e2e5ea; --theirs: #f1f3f6; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :host { --back: #17191e; --text: #eceef2; --quiet: #a3aab8; --line: #333843; --theirs: #262a32; --bad: #ff9a8f; } }
*, *::before { box-sizing: border-box; }
[hidden] { display: none !important; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
svg { width: 24px; height: 24px; display: block; }
.launch { position: relative; width: 56px; height: 56px; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent); color: var(--ink); box-shadow: 0 4px 16px rgb(0 0 0 / .25); margin-inline-start: auto; }
.count { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
  background: #b42318; color: #fff; font-size: 12px; font-weight: 600; line-height: 22px; text-align: center; }
.panel { display: flex; flex-direction: column; width: 376px; height: min(620px, calc(100dvh - 112px)); margin-block-end: 14px; overflow: hidden;
  background: var(--back); color: var(--text); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 12px 40px rgb(0 0 0 / .22); }
header { display: flex; align-items: center; gap: 8px; padding: 12px 16px; padding-inline-end: 8px; background: var(--accent); color: var(--ink); }
header > div { flex: 1; min-width: 0; }
h2 { margin: 0; font-size: 16px; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
header p { margin: 0; font-size: 13px; }
header button { width: 44px; height: 44px; display: grid; place-items: center; border-radius: 10px; }
header button:focus-visible { outline-color: var(--ink); outline-offset: -4px; }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; gap: 4px; }
.log > :first-child { margin-block-start: auto; }
.said { max-width: 84%; width: fit-content; padding: 8px 12px; border-radius: 14px; background: var(--theirs); overflow-wrap: anywhere; white-space: pre-wrap; }
.said.mine { align-self: end; background: var(--accent); color: var(--ink); }
.said b { display: block; } .said small { display: block; color: var(--quiet); }
.said a { color: inherit; display: block; margin-block-start: 6px; padding-block: 4px; font-weight: 600; }
.meta { font-size: 12px; color: var(--quiet); margin: 0 4px 8px; }
.meta.mine { align-self: end; }
.meta.bad { color: var(--bad); } .meta button { text-decoration: underline; padding: 6px; margin: -6px; }
.note { align-self: center; text-align: center; font-size: 13px; color: var(--quiet); margin: 8px 0; }
.typing { letter-spacing: 3px; color: var(--quiet); }
.choices { display: flex; flex-wrap: wrap; gap: 8px; padding: 0 16px 12px; }
.choices button { min-height: 44px; padding: 6px 14px; border: 1px solid var(--quiet); border-radius: 22px; text-align: start; background: var(--back); }
.choices button:hover { background: var(--theirs); }
.choices small { display: block; color: var(--quiet); }
form { display: flex; align-items: end; gap: 4px; padding: 8px; border-block-start: 1px solid var(--line); }
textarea { flex: 1; resize: none; max-height: 120px; min-height: 44px; padding: 10px 12px; border: 1px solid transparent; border-radius: 12px; background: var(--theirs); field-sizing: content; }
textarea:focus-visible { outline-offset: -2px; outline-width: 2px; outline-color: var(--quiet); }
textarea::placeholder { color: var(--quiet); opacity: 1; }
form button { width: 44px; height: 44px; display: grid; place-items: center; border-radius: 12px; background: var(--accent); color: var(--ink); }
:host([dir="rtl"]) form svg { transform: scaleX(-1); }
form button[disabled] { opacity: .45; cursor: default; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 480px) {
  :host(.open) { inset: 0; }
  :host(.open) .launch { display: none; }
  .panel { width: 100%; height: 100dvh; margin: 0; border: 0; border-radius: 0; }
  textarea { font-size: 16px; }
}
@media (prefers-reduced-motion: no-preference) { .panel { animation: rise .16s ease-out; } @keyframes rise { from { transform: translateY(12px); opacity: 0; } } }
`;
