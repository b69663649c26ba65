/** The frame of every page of the school, and the few pieces that pages are made of. No script. */
import type { ComponentChildren } from "preact";
import type { Viewer } from "./viewer.ts";
import type { Words } from "./words-fr.ts";

/** What every page is given: the words, who looks, the token of its forms, where it stands, what was just done. */
export interface Page {
  readonly words: Words;
  readonly viewer: Viewer | undefined;
  readonly form: string;
  readonly path: string;
  readonly done: string | undefined;
}

type Link = readonly [href: string, name: keyof Words["nav"]];

function linksFor(viewer: Viewer | undefined): readonly Link[] {
  if (viewer === undefined)
    return [
      ["/", "home"],
      ["/sign-in", "signIn"],
    ];
  const account: Link = ["/account", "account"];
  switch (viewer.role) {
    case "administrator":
      return [
        ["/", "home"],
        ["/accounts", "people"],
        ...(viewer.product === "jardin" ? ([["/year", "year"]] as const) : []),
        ["/messages", "messages"],
        ["/log", "log"],
        account,
      ];
    case "teacher":
      return [["/", "classes"], ["/messages", "messages"], account];
    case "parent":
      return [["/", "children"], account];
    default:
      return [["/", "mine"], account];
  }
}

export function Layout(props: {
  readonly page: Page;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const { words, viewer, path, done } = props.page;
  const role = viewer?.kind === "plume.gar.teacher" ? words.garTeacher : viewer && words.roles[viewer.role];
  const other = words.language === "fr" ? "en" : "fr";
  const said =
    done !== undefined && Object.hasOwn(words.done, done)
      ? words.done[done as keyof Words["done"]]
      : undefined;
  return (
    <html lang={words.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${props.title} · ${words.site}`}</title>
        <link rel="stylesheet" href="/school.css" />
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <header>
          <a href="/">{viewer === undefined ? words.site : words.products[viewer.product]}</a>
          <nav aria-label={words.sections}>
            {linksFor(viewer).map(([href, name]) => (
              <a key={href} href={href} aria-current={href === path ? "page" : undefined}>
                {words.nav[name]}
              </a>
            ))}
          </nav>
          {viewer !== undefined && (
            <div class="who">
              <span>
                {viewer.name}, {role}
              </span>
              <Form page={props.page} action="/sign-out">
                <button class="plain small">{words.signOut}</button>
              </Form>
            </div>
          )}
        </header>
        <main id="content">
          <h1>{props.title}</h1>
          {said !== undefined && (
            <p class="done" role="status">
              {said}
            </p>
          )}
          {props.children}
        </main>
        <footer>
          <span>{words.invented}</span>
          <a href="/database">{words.seeDatabase}</a>
          <a href={`${path}?lang=${other}`} lang={other}>
            {words.otherLanguage}
          </a>
        </footer>
      </body>
    </html>
  );
}

/** A form that carries the session's token. */
export function Form(props: {
  readonly page: Page;
  readonly action: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <form method="post" action={props.action} class={props.class}>
      <input type="hidden" name="form" value={props.page.form} />
      {props.children}
    </form>
  );
}

export function Rows(props: {
  readonly page: Page;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly empty?: string;
}) {
  const { words } = props.page;
  if (props.rows.length === 0) return <p class="soft">{props.empty ?? words.nothing}</p>;
  const numeric = (cell: ComponentChildren) => (typeof cell === "number" ? "number" : undefined);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={words.table(props.heads.join(", "))}>
      <table>
        <thead>
          <tr>
            {props.heads.map((head, h) => (
              <th scope="col" key={head} class={numeric(props.rows[0]?.[h])}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, c) => (
                <td key={c} class={numeric(cell)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** An instant or a day as people of the page's language write it, on a French clock. */
export function dateText(words: Words, at: string, { time = false } = {}): string {
  return new Date(at).toLocaleString(words.language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: time ? "short" : "long",
    ...(time ? { timeStyle: "short" } : {}),
    timeZone: at.length === 10 ? "UTC" : "Europe/Paris",
  });
}

export function MessagePage(props: { readonly page: Page; readonly title: string; readonly says: string }) {
  return (
    <Layout page={props.page} title={props.title}>
      <p>{props.says}</p>
      <p>
        <a href="/">{props.page.words.back}</a>
      </p>
    </Layout>
  );
}
