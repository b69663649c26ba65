/** What every component may ask while a page is drawn: who reads, in which language, at which instant. */
import type { Instant, Language } from "@preau/kernel";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Texts } from "../locales/fr.ts";
import type { Telling } from "../moment.ts";
import type { Session } from "../session.ts";

export interface PageState extends Telling {
  readonly language: Language;
  readonly texts: Texts;
  readonly now: Instant;
  readonly session: Session | undefined;
  /** The token for forms of this page; asking for it may set a visitor's cookie. */
  csrfToken(): string;
}

export const PageContext = createContext<PageState | undefined>(undefined);

/** The page being drawn. @throws TypeError outside of `sendPage` */
export function usePage(): PageState {
  const state = useContext(PageContext);
  if (state === undefined) throw new TypeError("a component drawn outside of sendPage");
  return state;
}
