/** Build of the chat widget: one script without a library, beside the web app, served to other sites. */
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "dist/widget",
    sourcemap: false,
    lib: { entry: "src/widget/main.ts", formats: ["iife"], name: "SamvadChat", fileName: () => "widget.js" },
  },
});
