/** The id of a clause, leading to its page. */
import { usePage } from "@preau/web";

export function ClauseLink({ id }: { readonly id: string }) {
  const { texts } = usePage();
  return (
    <a class="clause" href={clausePath(id)}>
      <span class="hidden">{texts.clause} </span>
      {id}
    </a>
  );
}

export function clausePath(id: string): string {
  return `/agreement/${encodeURIComponent(id)}`;
}
