/** The packages from the ground up: each may import only those before it. */
export const layers = [
  'numerics',
  'images',
  'tfjs-wasm-training',
  'foam',
  'features',
  'fidelity',
  'cells',
  'image-quality',
  'small-sample',
  'scorecard',
] as const;
