/** A browser as far as these tests need one: a cookie jar per host, forms posted as they stand on the page. */
export interface Reply {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

export function browserLike() {
  const jars = new Map<string, Map<string, string>>();

  async function once(url: string, init: RequestInit): Promise<Response> {
    const { host, origin } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    headers.set("accept", "text/html");
    if (init.method === "POST") headers.set("origin", headers.get("origin") ?? origin);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const value = pair.slice(at + 1);
      if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), value);
    }
    return response;
  }

  async function go(url: string, init: RequestInit = {}): Promise<Reply> {
    let at = url;
    let how = init;
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await once(at, how);
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status >= 400) {
        return { status: response.status, url: at, html: await response.text(), headers: response.headers };
      }
      at = new URL(location, at).href;
      how = {};
    }
    throw new Error("too many redirects");
  }

  /** Posts the form of the page whose action contains `action`; `choose` picks among several by a text inside. */
  async function submit(page: Reply, action: string, choose = ""): Promise<Reply> {
    const forms = [...page.html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
    const form = forms.find(([, to = "", inside = ""]) => to.includes(action) && inside.includes(choose));
    if (form === undefined) throw new Error(`no form for ${action} on ${page.url}`);
    const [, to = "", inside = ""] = form;
    const body = new URLSearchParams();
    for (const [tag] of inside.matchAll(/<(?:input|button)[^>]*>/g)) {
      const name = /\bname="([^"]*)"/.exec(tag)?.[1];
      if (name !== undefined) body.append(unescape(name), unescape(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? ""));
    }
    const target = new URL(unescape(to), page.url);
    return go(target.href, { method: "POST", body, headers: { origin: new URL(page.url).origin } });
  }

  return { go, submit };
}

function unescape(text: string): string {
  const entities: Record<string, string> = {
    "&quot;": '"',
    "&#39;": "'",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
  };
  return text.replaceAll(/&(?:quot|#39|lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
}
