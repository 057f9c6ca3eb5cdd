import type { LabelMap, Mask } from '../raster/raster.js';

/** Whether walls are darker or brighter than cells. */
export type Polarity = 'dark-walls' | 'bright-walls';

/**
 * What walls look like: `bands` have a width and a grey level of their own, so that a threshold finds them; `lines` are
 * about a pixel wide and are found as the watershed of the smoothed image.
 */
export type WallKind = 'bands' | 'lines';

/** What was chosen from the image, or given; lengths in pixels. */
export interface SegmentationChoices {
  readonly polarity: Polarity;
  readonly walls: WallKind;
  /** Share of the grey levels' variance that Otsu's threshold explains, after flattening. */
  readonly separability: number;
  /** Distance between neighbouring cells, by the autocorrelation, looked for where walls may be lines; 0 when none was found. */
  readonly pitch: number;
  /** Standard deviation of the noise in grey levels of 0 to 255. */
  readonly noise: number;
  /** Single pixels that stood out from all around them and were replaced. */
  readonly specks: number;
  /** Half width of the window that uneven brightness was taken out with; 0 when it was even. */
  readonly backgroundRadius: number;
  /** Standard deviation of the Gaussian that the image was smoothed with. */
  readonly smoothing: number;
  /** Grey level of 0 to 255, walls bright, above which a pixel is wall; bands only. */
  readonly threshold?: number;
  /** Least depth of what starts a cell: of the distance in pixels (bands), of the grey level (lines), of a line's strength (liquid). */
  readonly h: number;
  /** Cells are merged where less than this share of wall lies on their shared ridge; 0 where bubbles are chosen by their odds. */
  readonly mergeBelow: number;
  /** How far up from a cell's grey level to its wall's rim the outline lies; bands only. */
  readonly rimShare?: number;
  /** Whether cells are bubbles found by their dark rims, in liquid as bright as they are or between fine dark lines. */
  readonly liquid: boolean;
  /** How many times larger the image was made to find rims; liquid only. */
  readonly enlarged?: number;
  /** Rows at the foot of the image that were left out as an information bar. */
  readonly informationBar: number;
}

/** The cells of one image. */
export interface Segmentation {
  /** 0 is wall (or liquid, or information bar). */
  readonly labels: LabelMap;
  /** 1 where the image shows wall, whether or not it closes a cell. */
  readonly walls: Mask;
  readonly choices: SegmentationChoices;
  readonly warnings: readonly string[];
}
