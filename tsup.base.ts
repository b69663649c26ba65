import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm"],
  target: "node24",
  platform: "node",
  dts: false, // types come from `tsc -b`; tsup's dts costs 3 to 18 s a package
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false, // `node:sqlite` has no other name
});
