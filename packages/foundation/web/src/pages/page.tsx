/** The shell of every page: skip link, header, menu, language switch, content, footer. Needs no script. */
import { actorRoles, type Language } from "@preau/kernel";
import type { ComponentChildren } from "preact";
import type { AppOptions } from "../app-options.ts";
import { assetPaths } from "../http/assets.ts";
import { say } from "../language.ts";
import { mayEnter } from "../mount-routes.ts";
import { Form } from "./form.tsx";
import { markBall, markPath } from "./mark.ts";
import { usePage } from "./page-state.ts";

export interface PageProps {
  readonly title: string;
  readonly site: AppOptions;
  /** Where the language switch comes back to. */
  readonly path: string;
  /** Path of what was asked, also by POST: the current one of the menu. `path` when absent. */
  readonly asked?: string;
  readonly children?: ComponentChildren;
}

export function Page({ title, site, path, asked = path, children }: PageProps) {
  const { language, texts } = usePage();
  const name = say(site.title, language);
  return (
    <html lang={language} data-accent={site.accent ?? "ink"}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === name ? name : `${title} · ${name}`}</title>
        <link rel="stylesheet" href={assetPaths.style} />
        <link rel="icon" type="image/svg+xml" href={assetPaths.icon} />
      </head>
      <body>
        <a class="skip" href="#content">
          {texts.skip}
        </a>
        {site.banner !== undefined && (
          <aside class="banner">
            <p>{site.banner[language]}</p>
          </aside>
        )}
        <header class="site">
          <div class="wide">
            <a class="brand" href="/">
              <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                <path d={markPath} />
                <circle {...markBall} />
              </svg>
              <span>{name}</span>
            </a>
            <div class="reader">
              <SignedIn site={site} />
              <Languages path={path} />
            </div>
            <Menu site={site} path={asked} />
          </div>
        </header>
        <main id="content" class="wide" tabindex={-1}>
          {children}
        </main>
        <footer class="site">
          <div class="wide">
            <p>{site.footer === undefined ? texts.footer : site.footer[language]}</p>
            <p>{texts.privacy}</p>
          </div>
        </footer>
      </body>
    </html>
  );
}

function Menu({ site, path }: Pick<PageProps, "site" | "path">) {
  const { language, texts, session } = usePage();
  const pages = site.menu.filter((page) => mayEnter(page.who, session));
  if (pages.length === 0) return null;
  return (
    <nav class="menu" aria-label={texts.menu}>
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a href={page.path} aria-current={isWithin(path, page.path) ? "page" : undefined}>
              {page.title[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SignedIn({ site }: Pick<PageProps, "site">) {
  const { language, texts, session } = usePage();
  if (session === undefined) {
    return site.signIn === undefined ? null : (
      <a class="quiet" href={site.signIn}>
        {texts.signIn}
      </a>
    );
  }
  const { signOut = "/sign-out" } = site;
  return (
    <Form action={typeof signOut === "string" ? signOut : signOut(session)} class="inline">
      <span class="who">
        <span class="hidden">{texts.signedInAs} </span>
        {actorRoles[session.data.actorRole][language]}
      </span>
      <button type="submit" class="quiet">
        {texts.signOut}
      </button>
    </Form>
  );
}

const languageNames: Readonly<Record<Language, string>> = { fr: "Français", en: "English" };

function Languages({ path }: Pick<PageProps, "path">) {
  const { language, texts } = usePage();
  return (
    <nav class="languages" aria-label={texts.languages}>
      {(["fr", "en"] as const).map((each) => (
        <a
          key={each}
          href={`/language/${each}?back=${encodeURIComponent(path)}`}
          lang={each}
          hreflang={each}
          aria-current={each === language ? "true" : undefined}
        >
          <span aria-hidden="true">{each.toUpperCase()}</span>
          <span class="hidden">{languageNames[each]}</span>
        </a>
      ))}
    </nav>
  );
}

function isWithin(path: string, page: string): boolean {
  return path === page || (page !== "/" && path.startsWith(`${page}/`));
}
