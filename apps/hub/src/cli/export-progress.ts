/** How far an export is, on one line of a terminal that is written over; nothing where stderr is no terminal. */
import type { PackageProgress } from "@preau/data-export";
import type { Language } from "@preau/kernel";
import type { CommandContext } from "./command-context.ts";
import { sizeText } from "./export-sizes.ts";
import { exportTexts } from "./export-texts.ts";

export interface ProgressLine {
  /** Counts alone, no names. At most ten lines a second are drawn. */
  show(far: PackageProgress, of?: { readonly done: number; readonly of: number }): void;
  /** Takes the line away. */
  clear(): void;
}

const BETWEEN_MS = 100;

export function makeProgressLine(context: CommandContext, language: Language): ProgressLine {
  const { live } = context;
  if (live === undefined) return { show: () => undefined, clear: () => undefined };
  const words = exportTexts[language];
  const began = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  let there = false;
  return {
    show: (far, packages) => {
      const at = performance.now();
      if (at - drawn < BETWEEN_MS) return;
      drawn = at;
      const rate = Math.round((far.bytes * 1_000) / Math.max(1, at - began));
      const parts = [
        words.stages[far.stage],
        ...(packages === undefined || packages.of < 2 ? [] : [`${packages.done + 1}/${packages.of}`]),
        words.entries(far.entries),
        sizeText(far.bytes, language),
        `${sizeText(rate, language)}/s`,
      ];
      live(parts.join(" · "));
      there = true;
    },
    clear: () => {
      if (there) live("");
      there = false;
    },
  };
}
