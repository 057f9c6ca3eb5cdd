import type { FoamParticles } from './foam-classes.js';
import type { Random } from './random.js';
import type { Layer } from './render-layer.js';

/** Where and how particles are strewn; lengths in pixels. */
export interface ParticleOptions {
  readonly size: number;
  /** Pixels a micrometre. */
  readonly scale: number;
  /** Mean area of a cell. */
  readonly cellArea: number;
  readonly light: readonly [x: number, y: number];
}

interface Particle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Half-planes n·p ≤ reach that bound it, in its own frame, with the shade of the facet behind each. */
  readonly sides: readonly {
    readonly nx: number;
    readonly ny: number;
    readonly reach: number;
    readonly shade: number;
  }[];
}

/** Draws an additive's particles onto the front layer: on walls and closed faces, never over an open window. */
export function strewParticles(layer: Layer, kind: FoamParticles, options: ParticleOptions, random: Random): void {
  const { size, scale, cellArea } = options;
  const margin = kind.diameter * scale;
  const count = Math.round((kind.density * (size + 2 * margin) ** 2) / cellArea);
  for (let i = 0; i < count; i++) {
    const x = random.between(-margin, size + margin);
    const y = random.between(-margin, size + margin);
    const radius = 0.5 * kind.diameter * scale * Math.exp(kind.spread * random.normal());
    const sides = kind.shape === 'flake' || kind.shape === 'crystal' ? polygon(kind, options, random) : [];
    const holder = layer.opening[Math.floor(y) * size + Math.floor(x)];
    if (holder !== undefined && holder > 0) continue;
    drawParticle(layer, { x, y, radius, sides }, kind, options);
  }
}

/** An irregular convex outline: long and thin for flakes. */
function polygon(kind: FoamParticles, { light }: ParticleOptions, random: Random): Particle['sides'] {
  const count = kind.shape === 'flake' ? 4 : 5 + Math.floor(random.uniform() * 2);
  const turn = random.between(0, 2 * Math.PI);
  return Array.from({ length: count }, (_, i) => {
    const angle = turn + ((i + random.between(-0.25, 0.25)) * 2 * Math.PI) / count;
    const isLongSide = kind.shape === 'flake' && i % 2 === 0;
    const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
    const reach = isLongSide ? random.between(0.15, 0.4) : random.between(0.65, 1);
    return { nx, ny, reach, shade: 0.8 + 0.25 * (nx * light[0] + ny * light[1]) + random.between(-0.08, 0.08) };
  });
}

function drawParticle(layer: Layer, particle: Particle, kind: FoamParticles, { size, light }: ParticleOptions): void {
  const { x, y, radius } = particle;
  // The shadow falls away from the detector and reaches a little further.
  const reach = 1.4 * radius + 2;
  for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(size, y + reach); row++) {
    for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(size, x + reach); column++) {
      const pixel = row * size + column;
      const u = (column + 0.5 - x) / radius;
      const v = (row + 0.5 - y) / radius;
      const { inset, shade } = particle.sides.length > 0 ? onPolygon(particle, u, v) : onSphere(u, v, light);
      const distance = inset * radius;
      const shadowed = layer.brightness[pixel]! * (1 - 0.35 / (1 + Math.max(-distance, 0) ** 2));
      const cover = Math.min(Math.max(distance + 0.5, 0), 1);
      const edge = 1 / (1 + (distance / 0.8) ** 2);
      const body = kind.brightness * Math.min(shade + 0.2 * edge, 1.1);
      layer.brightness[pixel] = body * cover + shadowed * (1 - cover);
      layer.opening[pixel]! *= 1 - cover;
    }
  }
}

function onSphere(u: number, v: number, light: readonly [number, number]): { inset: number; shade: number } {
  const square = u * u + v * v;
  const towardsLight = 0.22 * (u * light[0] + v * light[1]);
  // Secondary electrons leave a sphere most easily where it is seen at a glance: at its limb.
  return { inset: 1 - Math.sqrt(square), shade: 0.62 + 0.28 * Math.min(square, 1) + towardsLight };
}

/** The facet is that of the nearest side, up to a flat top. */
function onPolygon({ sides }: Particle, u: number, v: number): { inset: number; shade: number } {
  let inset = Infinity;
  let shade = 0;
  for (const side of sides) {
    const distance = side.reach - (side.nx * u + side.ny * v);
    if (distance < inset) {
      inset = distance;
      shade = distance < 0.35 ? side.shade : 0.78;
    }
  }
  return { inset, shade };
}
