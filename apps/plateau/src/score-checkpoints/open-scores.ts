import type { RunLine, ScoredEpoch } from '../monitor/run-event.js';
import { RunFolder } from '../monitor/run-folder.js';

/** The line of a scored epoch, with the model that it scored. */
export interface ModelLine extends ScoredEpoch {
  readonly model: string;
  readonly sha256: string;
}

/** What decides which scores of a folder are gone on with. */
export interface OpenScoresOptions {
  /** As the start line has it, as JSON. */
  readonly protocol: string;
  readonly models: readonly { readonly path: string; readonly sha256: string }[];
  readonly warn: (message: string) => void;
}

/**
 * Opens the folder of scores with those that still hold: of the same protocol, and of models whose files are the same.
 * Scores of another protocol are put aside, with a warning.
 */
export async function openScores(
  out: string,
  { protocol, models, warn }: OpenScoresOptions,
): Promise<{ readonly folder: RunFolder; readonly earlier: readonly ModelLine[] }> {
  const resumed = await RunFolder.open(out, { resume: true, onWarning: warn });
  const known = new Map(models.map(({ path, sha256 }) => [path, sha256]));
  const lines = resumed.earlier as (RunLine & { readonly protocol?: object })[];
  const start = lines.findLast((line) => line.event === 'start');
  if (JSON.stringify(start?.protocol) === protocol) {
    const byModel = new Map<string, ModelLine>();
    for (const line of lines)
      if (line.event === 'epoch') byModel.set((line as unknown as ModelLine).model, line as unknown as ModelLine);
    const earlier = [...byModel.values()].filter(({ model, sha256 }) => known.get(model) === sha256);
    return { folder: resumed, earlier };
  }
  if (lines.length === 0) return { folder: resumed, earlier: [] };
  resumed.close();
  warn(`${out} holds scores made otherwise: all models are scored anew`);
  return { folder: await RunFolder.open(out, { resume: false, onWarning: warn }), earlier: [] };
}
