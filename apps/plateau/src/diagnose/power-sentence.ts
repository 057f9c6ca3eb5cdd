import type { Diagnosis } from '@plateau/small-sample';

/** How many images would tell the sets apart, and whether there is anything to tell. */
export function powerSentence({ imagesNeeded, metrics }: Diagnosis): string {
  if (imagesNeeded === undefined || imagesNeeded === Infinity) {
    return 'No distance was seen that more images would confirm.';
  }
  const low = metrics.find(({ metric }) => metric === 'kid')?.interval?.[0] ?? 0;
  const doubt = low > 0 ? '' : ', if the KID seen is no chance: its interval holds 0';
  return `A KID test tells the sets apart (5 %, power 80 %) from about ${imagesNeeded} images each${doubt}.`;
}
