/**
 * Writes docs/precision.md: to how many digits each metric agrees with its reference implementation on the golden sets of
 * test-fixtures/fidelity.
 *
 *   npx tsx --conditions=@plateau/source tools/precision.ts            writes the page
 *   npx tsx --conditions=@plateau/source tools/precision.ts --check    fails when the committed page is not what is measured
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  authenticPercentage,
  frechetDiagonalDistance,
  frechetDistance,
  frechetMeanDistance,
  GaussianStatistics,
  inceptionScore,
  kernelDistance,
  mongeInceptionDistance,
  Neighbourhoods,
  prdc,
  precision,
  precisionRecallCurve,
  recall,
  slicedWassersteinApproximation,
  vendiScore,
} from '@plateau/fidelity';
import { readNpy, readNpyMatrix, type Matrix } from '@plateau/numerics';

/** The versions with which tools/fixtures/fidelity-references.py found the recorded values again. */
const TORCH_FIDELITY = 'torch-fidelity 0.4.0';
const PRDC = 'prdc 0.2';

interface Agreement {
  readonly metric: string;
  readonly implementation: string;
  readonly input: string;
  readonly reference: number;
  readonly value: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/precision.md`;
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(`${root}test-fixtures/fidelity/${name}`));
const golden = JSON.parse(new TextDecoder().decode(fixture('expected.json')));

const text = render([
  ...['gauss64', 'relu2048', 'collapse128', 'copies128', 'blurred128'].flatMap(measure),
  ...logits(),
]);
if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text) {
    console.error(
      'docs/precision.md is not what is measured: run npx tsx --conditions=@plateau/source tools/precision.ts',
    );
    process.exit(1);
  }
  console.log('docs/precision.md is up to date');
} else {
  writeFileSync(page, text);
  console.log(`wrote ${page}`);
}

function measure(set: string): Agreement[] {
  const reference = readNpyMatrix(fixture(`${set}.reference.npy`));
  const generated = readNpyMatrix(fixture(`${set}.generated.npy`));
  const expected = golden[set];
  const sets = new Neighbourhoods(reference, generated);
  const kid = kernelDistance(reference, generated, expected.kid);
  const curve = precisionRecallCurve(head(reference, expected.prd.n), head(generated, expected.prd.n));
  const open = prdc(sets);
  const input = `${set}, ${reference.rows} and ${generated.rows} × ${reference.cols}`;
  const row = (metric: string, implementation: string, value: number, wanted: number): Agreement => ({
    metric,
    implementation,
    input,
    reference: wanted,
    value,
  });
  return [
    row('fid', TORCH_FIDELITY, frechetDistance(reference, generated).value, expected.fid),
    row(
      'fid, from statistics',
      TORCH_FIDELITY,
      frechetDistance(GaussianStatistics.of(reference), GaussianStatistics.of(generated)).value,
      expected.fid,
    ),
    row('fid-mean', 'numpy', frechetMeanDistance(reference, generated), expected.frechetMeanOnly),
    row('fid-diagonal', 'numpy', frechetDiagonalDistance(reference, generated), expected.frechetDiagonal),
    row('kid mean', TORCH_FIDELITY, kid.mean, expected.kid.mean),
    row('kid std', TORCH_FIDELITY, kid.std, expected.kid.std),
    row('kid, all samples', 'numpy', kid.fullSample, expected.kidFull),
    row('precision', TORCH_FIDELITY, precision(sets), expected.precision),
    row('recall', TORCH_FIDELITY, recall(sets), expected.recall),
    ...(['precision', 'recall', 'density', 'coverage'] as const).map((part) =>
      row(`prdc ${part}`, PRDC, open[part], expected.prdc5[part]),
    ),
    row('authpct', 'dgm-eval', authenticPercentage(sets), expected.authpct),
    row('vendi, reference', 'dgm-eval', vendiScore(reference), expected.vendiReference),
    row('vendi, generated', 'dgm-eval', vendiScore(generated), expected.vendiGenerated),
    row('vendi, order 2', 'dgm-eval', vendiScore(generated, { q: 2 }), expected.vendiGeneratedQ2),
    row(
      'sliced Wasserstein approximation',
      'dgm-eval',
      slicedWassersteinApproximation(reference, generated),
      expected.slicedWassersteinApprox,
    ),
    row('mind', TORCH_FIDELITY, mongeInceptionDistance(reference, generated).value, expected.mind.value),
    row('prd F8', 'precision-recall-distributions', curve.f8, expected.prd.f8),
    row('prd F⅛', 'precision-recall-distributions', curve.fEighth, expected.prd.fEighth),
  ];
}

function logits(): Agreement[] {
  const { data, shape } = readNpy(fixture('logits.npy'));
  const matrix: Matrix = { data, rows: shape[0], cols: shape[1] };
  return ([true, false] as const).flatMap((shuffle) => {
    const score = inceptionScore(matrix, { shuffle });
    const wanted = golden.logits[shuffle ? 'isShuffled' : 'isUnshuffled'];
    const input = `logits, ${matrix.rows} × ${matrix.cols}, ${shuffle ? 'shuffled' : 'in order'}`;
    return (['mean', 'std'] as const).map((part) => ({
      metric: `is ${part}`,
      implementation: TORCH_FIDELITY,
      input,
      reference: wanted[`inception_score_${part}`] as number,
      value: score[part],
    }));
  });
}

function head({ data, cols }: Matrix, rows: number): Matrix {
  return { data: data.subarray(0, rows * cols), rows, cols };
}

function render(rows: readonly Agreement[]): string {
  const lines = rows.map(
    ({ metric, implementation, input, reference, value }) =>
      `| ${metric} | ${implementation} | ${input} | ${digits(reference)} | ${digits(value)} | ${difference(value, reference)} |`,
  );
  return `<!-- Generated by tools/precision.ts: do not edit. -->

# Precision: how closely each metric agrees with its reference implementation

Inputs and reference values are those of \`test-fixtures/fidelity\`; its README says how they were made.
\`tools/fixtures/fidelity-references.py\` finds the values of ${TORCH_FIDELITY} and ${PRDC} again, except \`mind\`; dgm-eval and
precision-recall-distributions have no releases, and which state of them was used was not recorded.

Differences are relative, rounded up to a power of ten. torch-fidelity's precision and recall are float32 numbers, dgm-eval's
percentages too: their last digits are that rounding. At n < d torch-fidelity's distance carries the noise of its complex
eigenvalues, about 1e-7. \`mind\` and \`prd\` rest on random directions and clusterings, which other generators draw
differently: repeated with other seeds, the reference implementation of \`prd\` itself gives an F⅛ of 0.34 to 0.47 on blurred128.

| metric | reference implementation | input | its value | value here | difference |
|---|---|---|---|---|---|
${lines.join('\n')}
`;
}

function digits(value: number): string {
  return value.toPrecision(10);
}

/** Powers of ten hide the last bits, which may differ between engines. */
function difference(value: number, reference: number): string {
  if (value === reference) return '0';
  const relative = Math.abs(value - reference) / Math.abs(reference);
  return `≤ 1e${Math.max(-12, Math.ceil(Math.log10(relative)))}`;
}
