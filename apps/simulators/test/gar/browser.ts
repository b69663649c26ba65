/** What a browser without JavaScript does: keeps cookies by host, follows redirects, presses buttons. */

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

const MOST_REDIRECTS = 10;

export function makeBrowser() {
  const jar = new Map<string, Map<string, string>>();

  const ask = async (url: string, init: RequestInit = {}, redirects = 0): Promise<Page> => {
    const { host } = new URL(url);
    const cookies = jar.get(host) ?? new Map<string, string>();
    jar.set(host, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      ...(init.headers as Record<string, string> | undefined),
      ...(cookie === "" ? {} : { cookie }),
    };
    const answer = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const each of answer.headers.getSetCookie()) {
      const [pair = ""] = each.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const location = answer.headers.get("location");
    if (location !== null && answer.status >= 300 && answer.status < 400 && redirects < MOST_REDIRECTS) {
      return ask(new URL(location, url).href, {}, redirects + 1);
    }
    return { url, status: answer.status, text: await answer.text(), headers: answer.headers };
  };

  return {
    get: (url: string) => ask(url),
    submit: (form: Form) =>
      ask(form.action, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form.fields).toString(),
      }),
  };
}

/** The form whose button reads so. */
export function formWithButton(page: Page, label: string): Form {
  const forms = page.text.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((each) => unescapeMarkup(each).includes(`>${label}</button>`));
  if (form === undefined) throw new Error(`no button "${label}" on ${page.url} (${page.status})`);
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<(?:input|button)[^>]*>/g)) {
    const name = attribute(tag, "name");
    if (name !== undefined) fields[name] = attribute(tag, "value") ?? "";
  }
  return { action: new URL(attribute(form, "action") ?? "", page.url).href, fields };
}

/** The address of the link that reads so. */
export function linkNamed(page: Page, text: string): string {
  const links = page.text.matchAll(/<a\s[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g);
  const found = [...links].find(([, , inside = ""]) => unescapeMarkup(inside).startsWith(text));
  if (found === undefined) throw new Error(`no link "${text}" on ${page.url} (${page.status})`);
  return new URL(unescapeMarkup(found[1] ?? ""), page.url).href;
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescapeMarkup(found);
}

function unescapeMarkup(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
