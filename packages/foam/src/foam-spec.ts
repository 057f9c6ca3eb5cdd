import { foamClass } from './foam-classes.js';
import type { FoamSourceOptions } from './foam-source.js';
import { inMicrometres } from './micrometres.js';

/** Images in a set when its specification does not say. */
const defaultCount = 500;

const example = 'foam:pristine?n=500&seed=1';

/**
 * What a specification such as `foam:pristine?n=500&seed=1` asks for; `n` is 500 and `seed` 0 by default, `size` (128)
 * and `pixelSize` (`8um`) may be given too.
 * @throws RangeError in one line when the class or a setting is unknown, or a value can't be
 * @example parseFoamSpec('foam:nanoclay?n=20&size=64') // => { className: 'nanoclay', n: 20, seed: 0, size: 64 }
 */
export function parseFoamSpec(spec: string): FoamSourceOptions {
  const [, className, query] = /^foam:([^?]*)(?:\?(.*))?$/.exec(spec) ?? [];
  if (className === undefined) throw new RangeError(`${spec} is no foam specification, expected such as ${example}`);
  const { name } = foamClass(className);
  const settings = new Map<string, string>();
  for (const part of query ? query.split('&') : []) {
    const [key = '', value = ''] = part.split('=', 2);
    if (!['n', 'seed', 'size', 'pixelSize'].includes(key)) {
      throw new RangeError(
        `${spec}: unknown setting ${key || '(empty)'}; the settings are n, seed, size and pixelSize`,
      );
    }
    settings.set(key, value);
  }
  const whole = (key: string, least: number): number => wholeNumber(spec, key, settings.get(key)!, least);
  return {
    className: name,
    n: settings.has('n') ? whole('n', 1) : defaultCount,
    seed: settings.has('seed') ? whole('seed', 0) : 0,
    ...(settings.has('size') && { size: whole('size', 16) }),
    ...(settings.has('pixelSize') && { pixelSize: length(spec, settings.get('pixelSize')!) }),
  };
}

function wholeNumber(spec: string, key: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${spec}: ${key} is ${text || '(empty)'}, expected a whole number of ${least} or more`);
}

function length(spec: string, text: string): NonNullable<FoamSourceOptions['pixelSize']> {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(nm|um|µm|mm)$/.exec(text) ?? [];
  if (!number) throw new RangeError(`${spec}: pixelSize is ${text || '(empty)'}, expected a length such as 8um`);
  const pixelSize = { value: Number(number), unit: unit === 'µm' ? 'um' : (unit as 'nm' | 'um' | 'mm') };
  inMicrometres(pixelSize);
  return pixelSize;
}
