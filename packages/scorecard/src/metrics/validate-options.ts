import type { MetricOptions } from './metric-definition.js';
import { metricDefinition } from './registry.js';

/**
 * Checks ids of metrics and their settings before any work is done.
 * @throws RangeError naming what is unknown and what there is, or the setting of the wrong kind
 */
export function validateOptions(metrics: readonly string[], options: Readonly<Record<string, MetricOptions>>): void {
  if (metrics.length === 0) throw new RangeError('no metric was named; give at least one id');
  metrics.forEach(metricDefinition);
  for (const [id, settings] of Object.entries(options)) {
    const { defaults } = metricDefinition(id);
    const known = Object.keys(defaults);
    for (const [name, value] of Object.entries(settings)) {
      if (!known.includes(name)) {
        const choices = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none';
        throw new RangeError(`${id} has no option ${name}: ${choices}`);
      }
      const expected = defaults[name] === 'auto' ? ['number', 'string'] : [typeof defaults[name]];
      if (!expected.includes(typeof value) || Number.isNaN(value)) {
        throw new RangeError(`${id}.${name} must be a ${expected.join(' or a ')}, got ${JSON.stringify(value)}`);
      }
    }
  }
}
