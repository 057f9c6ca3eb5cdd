import type { TopLevelSpec } from 'vega-lite';

/** Colours that can be read on white and on dark pages alike. */
export const chartColors = { blue: '#3b7dc4', green: '#26a269', red: '#d1483f', grey: '#8a8f98' } as const;

/** What every chart of the reports has: its heading, no background, thin grey axes. */
export function chartFrame(title: string, subtitle = ''): Partial<TopLevelSpec> {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'transparent',
    title: { text: title, subtitle, anchor: 'start', fontSize: 13, subtitleColor: chartColors.grey },
    config: {
      view: { stroke: null },
      axis: { gridColor: '#eceef1', domainColor: '#c9ced6', tickColor: '#c9ced6', labelLimit: 120 },
      legend: { labelLimit: 220, symbolLimit: 40 },
    },
  } as Partial<TopLevelSpec>;
}
