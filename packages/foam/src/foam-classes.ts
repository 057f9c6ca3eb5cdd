/** Particles that lie on walls and faces. */
export interface FoamParticles {
  readonly shape: 'grain' | 'sphere' | 'flake' | 'crystal';
  /** How many for each cell's area. */
  readonly density: number;
  /** Mean diameter, and the standard deviation of its logarithm. */
  readonly diameter: number;
  readonly spread: number;
  /** 0 to 1. */
  readonly brightness: number;
}

/** What an additive does to a polyurethane foam: the parameters of its micrographs. Lengths are in micrometres. */
export interface FoamClass {
  readonly name: string;
  /** What the class stands for, in a line. */
  readonly description: string;
  /** Mean equivalent diameter of a cell. */
  readonly cellDiameter: number;
  /** Spread of cell sizes: standard deviation of the logarithm of the generating discs' radii. */
  readonly cellSpread: number;
  /** Mean width of a wall at the middle of its length. */
  readonly wallWidth: number;
  /** Spread of wall widths, as a share of the mean. */
  readonly wallSpread: number;
  /** The share of the faces between cells that are open windows. */
  readonly openness: number;
  /** How uneven walls and faces are, 0 to 1. */
  readonly roughness: number;
  /** How wrinkled the faces are, 0 to 1. */
  readonly wrinkles: number;
  readonly particles?: FoamParticles;
  /** Mean brightness of the faces and of the walls' edges, 0 to 1. */
  readonly faceBrightness: number;
  readonly edgeBrightness: number;
}

/** The additive classes, in the order in which they are listed everywhere. */
export const FOAM_CLASSES: readonly FoamClass[] = [
  {
    name: 'pristine',
    description: 'no additive: large even cells, thin smooth walls, about half of the windows open',
    cellDiameter: 210,
    cellSpread: 0.12,
    wallWidth: 17,
    wallSpread: 0.12,
    openness: 0.5,
    roughness: 0.08,
    wrinkles: 0.06,
    faceBrightness: 0.42,
    edgeBrightness: 0.86,
  },
  {
    name: 'graphene-low',
    description: 'a little graphene: it nucleates bubbles, so cells are smaller; faces wrinkle slightly',
    cellDiameter: 165,
    cellSpread: 0.15,
    wallWidth: 20,
    wallSpread: 0.16,
    openness: 0.36,
    roughness: 0.2,
    wrinkles: 0.4,
    particles: { shape: 'flake', density: 0.5, diameter: 30, spread: 0.3, brightness: 0.8 },
    faceBrightness: 0.44,
    edgeBrightness: 0.88,
  },
  {
    name: 'graphene-high',
    description: 'much graphene: small uneven cells, thick walls, crumpled faces and protruding flakes',
    cellDiameter: 125,
    cellSpread: 0.3,
    wallWidth: 27,
    wallSpread: 0.28,
    openness: 0.22,
    roughness: 0.32,
    wrinkles: 0.6,
    particles: { shape: 'flake', density: 0.9, diameter: 42, spread: 0.4, brightness: 0.92 },
    faceBrightness: 0.48,
    edgeBrightness: 0.92,
  },
  {
    name: 'carbon-black',
    description: 'carbon black: fine grains and their clusters on walls and faces, low contrast',
    cellDiameter: 180,
    cellSpread: 0.2,
    wallWidth: 24,
    wallSpread: 0.2,
    openness: 0.4,
    roughness: 0.6,
    wrinkles: 0.1,
    particles: { shape: 'grain', density: 9, diameter: 14, spread: 0.35, brightness: 0.82 },
    faceBrightness: 0.36,
    edgeBrightness: 0.7,
  },
  {
    name: 'glass-microspheres',
    description: 'hollow glass spheres: bright balls in walls and cells, cell sizes uneven around them',
    cellDiameter: 195,
    cellSpread: 0.28,
    wallWidth: 22,
    wallSpread: 0.2,
    openness: 0.45,
    roughness: 0.1,
    wrinkles: 0.08,
    particles: { shape: 'sphere', density: 1.1, diameter: 52, spread: 0.25, brightness: 0.95 },
    faceBrightness: 0.4,
    edgeBrightness: 0.86,
  },
  {
    name: 'nanoclay',
    description: 'layered silicate: many small even cells, nearly all windows closed by a membrane',
    cellDiameter: 130,
    cellSpread: 0.1,
    wallWidth: 17,
    wallSpread: 0.12,
    openness: 0.07,
    roughness: 0.25,
    wrinkles: 0.15,
    faceBrightness: 0.56,
    edgeBrightness: 0.9,
  },
  {
    name: 'flame-retardant',
    description: 'ammonium polyphosphate: coarse crystals, thick walls, large ruptured cells, most windows open',
    cellDiameter: 240,
    cellSpread: 0.32,
    wallWidth: 34,
    wallSpread: 0.3,
    openness: 0.8,
    roughness: 0.3,
    wrinkles: 0.15,
    particles: { shape: 'crystal', density: 2.2, diameter: 44, spread: 0.35, brightness: 0.8 },
    faceBrightness: 0.38,
    edgeBrightness: 0.82,
  },
];

/**
 * The class of a name.
 * @throws RangeError that lists the classes when there is none of that name
 */
export function foamClass(name: string): FoamClass {
  const found = FOAM_CLASSES.find((one) => one.name === name);
  if (found) return found;
  const names = FOAM_CLASSES.map((one) => one.name).join(', ');
  throw new RangeError(`no foam class ${name || '(empty)'}; the classes are ${names}`);
}
