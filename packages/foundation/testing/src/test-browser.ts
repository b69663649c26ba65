/** A browser as far as tests of routes need one: it keeps cookies, follows nothing, sends forms with the token of a page. */

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A form as `fetch` sends it. */
export interface FormRequest {
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TestBrowser {
  /** As `fetch` gives it, cookies kept. */
  readonly raw: (path: string, init?: RequestInit) => Promise<Response>;
  readonly ask: (path: string, init?: RequestInit) => Promise<TestAnswer>;
  /** What sends a form from a page: its token, the hidden fields that are named, and these. */
  readonly bodyFrom: (from: string, fields?: Readonly<Record<string, string>>) => Promise<FormRequest>;
  /** Sends a form to an address with the token of a page. */
  readonly send: (
    path: string,
    from: string,
    fields?: Readonly<Record<string, string>>,
  ) => Promise<TestAnswer>;
}

/**
 * @param base `http://127.0.0.1:PORT`
 * @param options `hidden` names hidden fields of a page's forms that are sent along
 */
export function testBrowser(
  base: string,
  { language = "fr", hidden = [] }: { readonly language?: string; readonly hidden?: readonly string[] } = {},
): TestBrowser {
  const cookies = new Map<string, string>();
  const raw = async (path: string, init: RequestInit = {}) => {
    const headers = {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      accept: "text/html",
      "accept-language": language,
      ...(init.headers as Record<string, string> | undefined),
    };
    const answer = await fetch(base + path, { ...init, redirect: "manual", headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await raw(path, init);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const bodyFrom = async (
    from: string,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<FormRequest> => {
    const page = await ask(from);
    const [, token = ""] = /name="_csrf" value="([^"]*)"/.exec(page.text) ?? [];
    const known = [...page.text.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)]
      .map(([, name = "", value = ""]) => [name, value] as const)
      .filter(([name]) => hidden.includes(name));
    return {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://127.0.0.1" },
      body: new URLSearchParams({ ...Object.fromEntries(known), ...fields, _csrf: token }).toString(),
    };
  };
  return {
    ...{ raw, ask, bodyFrom },
    send: async (path, from, fields) => ask(path, await bodyFrom(from, fields)),
  };
}
