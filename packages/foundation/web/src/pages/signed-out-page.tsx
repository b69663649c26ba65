/** After signing out here, for who came through the company: that session goes on until it is ended there. */
import { accountTexts } from "../account-texts.ts";
import { Button } from "./form.tsx";
import { usePage } from "./page-state.ts";

export function SignedOutPage({ url }: { readonly url: string | undefined }) {
  const texts = accountTexts(usePage().language);
  return (
    <>
      <h1>{texts.signedOutTitle}</h1>
      <p class="lead">{texts.signedOutLead}</p>
      {url !== undefined && (
        <Button kind="secondary" href={url}>
          {texts.signOutCompany}
        </Button>
      )}
      <p>
        <a href="/sign-in">{texts.back}</a>
      </p>
    </>
  );
}
