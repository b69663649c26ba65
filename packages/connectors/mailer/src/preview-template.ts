/** What a template looks like, out of its own example: nobody is written to, and nobody's data is shown. @clause DC */
import type { Language, MessageId, MessageTemplate } from "@preau/kernel";
import { messageBytes } from "./message-bytes.ts";
import type { MailerOptions } from "./options.ts";
import { type Rendered, renderMessage } from "./render-message.ts";

export interface Preview {
  readonly template: MessageTemplate;
  readonly language: Language;
  readonly publisher: string;
}

/** An id like any other, of a message that was never sent. */
const NOBODYS: MessageId = `msg_${"0".repeat(26)}`;
const NOBODY = "destinataire@exemple.example";

export function previewTemplate(
  { template, language, publisher }: Preview,
  { publicUrl }: Pick<MailerOptions, "publicUrl">,
): Rendered {
  return renderMessage({ template, variables: template.example, language, publisher, publicUrl });
}

/** The same as a file that a mail program opens. */
export function previewBytes(preview: Preview, options: MailerOptions, date: Date): Promise<Buffer> {
  const { language, publisher } = preview;
  const rendered = previewTemplate(preview, options);
  const mail = {
    id: NOBODYS,
    to: { address: NOBODY },
    language,
    categories: [],
    sender: publisher,
    template: preview.template.name,
  };
  return messageBytes({ ...mail, ...rendered }, options, date);
}
