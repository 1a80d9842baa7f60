/** English texts of the invented businesses. */
export const demo = {
  "demo.title": "A business to try",
  "demo.lead": "An invented business, with its hours, rules, documents, and customers on the simulated phone. It takes the place of the settings above; taken back, they return.",
  "demo.loaded": "Loaded: {label}. Taken back, everything it brought is gone; what you changed or added stays.",
  "demo.remove": "Take it back",
  "demo.opened": "Loaded: {label}",
  "demo.removed": "The demo is gone",
  "demo.failed": "That did not work.",
} as const;
