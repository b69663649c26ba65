/** Notices, verdicts, clauses: always a word, never a colour alone. */
import type { Verdict as VerdictName } from "@preau/kernel";
import type { ComponentChildren } from "preact";
import { usePage } from "./page-state.ts";

export interface NoticeProps {
  readonly kind: "info" | "ok" | "warn" | "danger";
  /** A word of the kind by default. */
  readonly title?: string;
  readonly children?: ComponentChildren;
}

const KIND = { info: "noticeInfo", ok: "noticeOk", warn: "noticeWarn", danger: "noticeDanger" } as const;

export function Notice({ kind, title, children }: NoticeProps) {
  const { texts } = usePage();
  return (
    <div class={`notice ${kind}`} role={kind === "danger" ? "alert" : "note"}>
      <p class="title">{title ?? texts[KIND[kind]]}</p>
      {children}
    </div>
  );
}

/** PASS, FAILED, UNKNOWN or PENDING: a sign, the word of the reader's language, and the word of the receipt. */
export function Verdict({ verdict }: { readonly verdict: VerdictName }) {
  const { texts } = usePage();
  return (
    <span class={`verdict ${verdict.toLowerCase()}`}>
      <span class="sign" aria-hidden="true" />
      {texts[`verdict${verdict}`]} <span class="code">{verdict}</span>
    </span>
  );
}

/** The id of a clause, as a quiet chip. */
export function Clause({ id, title }: { readonly id: string; readonly title?: string }) {
  const { texts } = usePage();
  return (
    <span class="clause" title={title}>
      <span class="hidden">{texts.clause} </span>
      {id}
    </span>
  );
}
