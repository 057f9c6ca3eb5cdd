/**
 * Orders names as people count: `img2` before `img10`. Runs of digits compare as numbers, all else by code unit, so the
 * order is the same on every machine, whatever its language.
 * @returns below 0 when a comes first, above 0 when b does
 * @example ['img10.png', 'img2.png'].sort(compareNaturally) // => ['img2.png', 'img10.png']
 */
export function compareNaturally(a: string, b: string): number {
  const left = a.match(pieces) ?? [];
  const right = b.match(pieces) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = comparePieces(left[i]!, right[i]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

const pieces = /\d+|\D+/g;
const digits = /^\d/;

function comparePieces(a: string, b: string): number {
  if (!digits.test(a) || !digits.test(b)) return compareText(a, b);
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
