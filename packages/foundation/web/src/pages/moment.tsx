/** Instants and periods on a page: words for people, `datetime` for machines. */
import type { Instant } from "@preau/kernel";
import { sayMoment, sayTimeLeft } from "../moment.ts";
import { usePage } from "./page-state.ts";

export function Moment({ at }: { readonly at: Instant }) {
  return <time datetime={at}>{sayMoment(at, usePage())}</time>;
}

/** Time left until an instant as this page was drawn, rounded down; late ones say so. */
export function Countdown({ until }: { readonly until: Instant }) {
  const { now, language } = usePage();
  return (
    <time class={until < now ? "countdown late" : "countdown"} datetime={until}>
      {sayTimeLeft(until, now, language)}
    </time>
  );
}
