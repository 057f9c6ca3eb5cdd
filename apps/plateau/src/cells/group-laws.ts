import type { LawVerdict } from '@plateau/cells';

/** Titles of laws that a generated set keeps less well than its reference, and of those that can only be read in the reference. */
export function groupLaws(laws: readonly LawVerdict[]): { readonly broken: string[]; readonly unread: string[] } {
  const titles = (group: readonly LawVerdict[]): string[] => group.map(({ title }) => title);
  return {
    broken: titles(laws.filter(({ kept }) => !kept)),
    unread: titles(laws.filter(({ n }) => n.reference > 0 && n.generated === 0)),
  };
}
