/** Build of the chat widget: one script without a library, beside the web app, served to other sites. */
import { defineConfig } from "vite";
import { compressed } from "./vite.compressed.ts";

export default defineConfig({
  publicDir: false,
  plugins: [compressed()],
  build: {
    target: "es2022",
    outDir: "dist/widget",
    sourcemap: false,
    lib: { entry: "src/widget/main.ts", formats: ["iife"], name: "SamvadChat", fileName: () => "widget.js" },
  },
});
