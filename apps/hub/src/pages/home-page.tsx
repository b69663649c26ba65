/** The first page: what this is, and the walk that shows it. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { Button, Clause, Definition } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface HomePageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly agreementHash: string;
  readonly signedIn: boolean;
  readonly demoSchoolUrl: string | undefined;
}

export function HomePage({ language, agreement, agreementHash, signedIn, demoSchoolUrl }: HomePageProps) {
  const words = textsOf(language);
  return (
    <>
      <h1>{words.homeTitle}</h1>
      <p class="lead">{words.homeLead}</p>
      <div class="actions">
        {signedIn ? (
          <Button href="/me">{words.goToMe}</Button>
        ) : (
          <Button href="/gar/saml/login">{words.signIn}</Button>
        )}
        {demoSchoolUrl !== undefined && (
          <Button kind="secondary" href={demoSchoolUrl}>
            {words.seeSchool}
          </Button>
        )}
      </div>
      <h2>{words.walkTitle}</h2>
      <ol>
        <li>{words.walkSignIn}</li>
        <li>
          {words.walkSee} <Clause id="DB.K.gar-teacher" />
        </li>
        <li>
          {words.walkErase} <Clause id="D12.2" />
        </li>
        <li>{words.walkProof}</li>
      </ol>
      <h2>{words.agreementTitle}</h2>
      <Definition
        entries={[
          [words.agreementName, agreement[language]],
          [words.agreementHash, <code key="hash">{agreementHash.slice(0, 23)}…</code>],
        ]}
      />
    </>
  );
}
