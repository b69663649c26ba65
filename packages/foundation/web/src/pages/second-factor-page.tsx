/** The second factor: giving a code, enrolling an authenticator, and the recovery codes that are shown once. */
import type { Instant } from "@preau/kernel";
import encodeQR from "qr";
import { accountTexts } from "../account-texts.ts";
import { Definition } from "./definition.tsx";
import { Button, Field, Form } from "./form.tsx";
import { Notice } from "./notice.tsx";
import { usePage } from "./page-state.ts";
import { WaitNotice } from "./sign-in-page.tsx";

export interface CodeRefusal {
  readonly refused?: boolean | undefined;
  readonly waitUntil?: Instant | undefined;
}

export function SecondFactorPage({ refused, waitUntil }: CodeRefusal) {
  const texts = accountTexts(usePage().language);
  return (
    <>
      <h1>{texts.factorTitle}</h1>
      <p class="lead">{texts.factorLead}</p>
      <Refusal refused={refused} waitUntil={waitUntil} />
      <Form action="/sign-in/second-factor">
        <Field name="code" label={texts.code} hint={texts.codeHint} autocomplete="one-time-code" required />
        <div class="actions">
          <Button>{texts.confirm}</Button>
          <a href="/sign-in">{texts.back}</a>
        </div>
      </Form>
    </>
  );
}

export interface EnrolPageProps extends CodeRefusal {
  readonly secret: string;
  readonly uri: string;
  /** Where the confirmation goes. */
  readonly action: string;
  /** One that replaces another. */
  readonly again?: boolean;
}

export function EnrolPage({ secret, uri, action, again, refused, waitUntil }: EnrolPageProps) {
  const texts = accountTexts(usePage().language);
  return (
    <>
      <h1>{texts.enrolTitle}</h1>
      <p class="lead">{again === true ? texts.enrolAgain : texts.enrolLead}</p>
      <Refusal refused={refused} waitUntil={waitUntil} />
      <div class="cards">
        <img class="qr" src={qrOf(uri)} alt={texts.qr} width={240} height={240} />
        <Definition
          entries={[[texts.key, <code class="key">{secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>]]}
        />
      </div>
      <Form action={action}>
        <Field
          name="code"
          label={texts.newCode}
          hint={texts.newCodeHint}
          autocomplete="one-time-code"
          required
        />
        <Button>{texts.confirm}</Button>
      </Form>
    </>
  );
}

export function RecoveryCodesPage({
  codes,
  next,
}: {
  readonly codes: readonly string[];
  readonly next: string;
}) {
  const texts = accountTexts(usePage().language);
  return (
    <>
      <h1>{texts.codesTitle}</h1>
      <p class="lead">{texts.codesLead}</p>
      <ul class="codes" aria-label={texts.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button href={next}>{texts.codesDone}</Button>
    </>
  );
}

function Refusal({ refused, waitUntil }: CodeRefusal) {
  const texts = accountTexts(usePage().language);
  if (waitUntil !== undefined) return <WaitNotice until={waitUntil} />;
  if (refused !== true) return null;
  return (
    <Notice kind="danger" title={texts.codeRefused}>
      <p>{texts.codeRefusedWhy}</p>
    </Notice>
  );
}

/** Dark on light whatever the colour scheme: what a camera reads. */
function qrOf(uri: string): string {
  const svg = encodeQR(uri, "svg", { ecc: "medium", border: 4 });
  const onPaper = svg.replace(
    /^<svg [^>]*>/,
    (open) => `${open}<rect width="100%" height="100%" fill="#fff"/>`,
  );
  return `data:image/svg+xml;base64,${Buffer.from(onPaper).toString("base64")}`;
}
