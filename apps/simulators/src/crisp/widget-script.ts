/**
 * `l.js`, what a publisher's page loads: takes `CRISP_WEBSITE_ID`, `CRISP_TOKEN_ID` and the queue `$crisp`, tells the desk who
 * looks at which page, and puts a link to the chat box there. The real one shows the chat box itself.
 */
export function widgetScript(url: string): string {
  return `(() => {
  const desk = ${JSON.stringify(url)};
  const told = { website: window.CRISP_WEBSITE_ID };
  const pages = { url: location.href, title: document.title, referrer: document.referrer };
  let session;
  let last = Promise.resolve();
  const tell = (more) => {
    last = last.then(async () => {
      const known = session === undefined ? {} : { session_id: session };
      const token = window.CRISP_TOKEN_ID ? { token: String(window.CRISP_TOKEN_ID) } : {};
      const response = await fetch(desk + "/visitor?website_id=" + encodeURIComponent(told.website), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...known, ...token, ...more }),
      });
      if (response.ok) session = (await response.json()).session_id;
    });
    return last;
  };
  const one = (value) => (Array.isArray(value) ? value[0] : value);
  const set = {
    "user:email": (value) => ({ email: one(value) }),
    "user:nickname": (value) => ({ nickname: one(value) }),
    "user:phone": (value) => ({ phone: one(value) }),
    "session:segments": (value) => ({ segments: one(value) }),
    "session:data": (value) => ({ data: Array.isArray(one(value)) ? Object.fromEntries(one(value)) : Object.fromEntries([value]) }),
  };
  const act = ([verb, name, value]) => {
    if (verb === "set" && set[name]) return tell(set[name](value));
    if (verb === "do" && name === "message:send") return tell({ content: value[1] });
    if (verb === "do" && name === "session:reset") session = undefined;
    if (verb === "do" && name === "chat:open") open(link());
    return last;
  };
  const link = () => {
    const query = new URLSearchParams({ website_id: told.website });
    if (window.CRISP_TOKEN_ID) query.set("token_id", window.CRISP_TOKEN_ID);
    else if (session) query.set("crisp_sid", session);
    return desk + "/chat/embed/?" + query;
  };
  const queued = window.$crisp || [];
  tell({ page: pages });
  for (const each of queued) act(each);
  window.$crisp = { push: (...all) => all.map(act).at(-1), is: () => false, get: () => null };
  const anchor = document.createElement("a");
  anchor.textContent = "?";
  anchor.setAttribute("aria-label", "Assistance");
  anchor.setAttribute("target", "_blank");
  anchor.setAttribute("rel", "noopener");
  anchor.setAttribute("style", "position:fixed;right:1rem;bottom:1rem;padding:.75rem 1.1rem;border-radius:2rem;background:#5b2a9d;color:#fff;font:600 1rem system-ui;text-decoration:none");
  anchor.href = link();
  last = last.then(() => { anchor.href = link(); });
  document.body.append(anchor);
})();
`;
}
