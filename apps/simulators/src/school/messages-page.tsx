/** Support requests of the viewer. */
import { dateText, Form, Layout, type Page } from "./layout.tsx";
import type { Correspondent, MessageRow } from "./support.ts";

export function MessagesPage(props: {
  readonly page: Page;
  readonly messages: readonly MessageRow[];
  readonly correspondents: readonly Correspondent[];
}) {
  const { page, messages, correspondents } = props;
  const { words } = page;
  return (
    <Layout page={page} title={words.messages.title}>
      <p>{words.messages.says}</p>
      <h2>{words.messages.write}</h2>
      {correspondents.length === 0 ? (
        <p class="soft">{words.messages.noOne}</p>
      ) : (
        <Form page={page} action="/messages" class="card">
          <div class="field">
            <label for="to">{words.messages.to}</label>
            <select id="to" name="to">
              {correspondents.map(({ id, name }) => (
                <option key={id} value={String(id)}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="body">{words.messages.text}</label>
            <textarea id="body" name="body" required maxLength={2000} />
          </div>
          <button>{words.messages.send}</button>
        </Form>
      )}
      <h2>{words.messages.title}</h2>
      {messages.length === 0 && <p class="soft">{words.messages.none}</p>}
      {messages.map(({ id, from, mine, body, sent_at }) => (
        <article class="card" key={id}>
          <p>{body}</p>
          <small>
            {mine ? words.messages.me : from}, {dateText(words, sent_at, { time: true })}
          </small>
        </article>
      ))}
    </Layout>
  );
}
