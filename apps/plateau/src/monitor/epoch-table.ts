import { formatValue, type Score } from '@plateau/scorecard';

/** Formats one line of text per scored epoch, with a header line before the first. */
export class EpochTable {
  #columns?: readonly string[];

  /** The lines to print for an epoch: header and row the first time, then rows; `–` where a metric was not scored. */
  lines(epoch: number, scores: readonly Score[], note: string): string[] {
    const lines: string[] = [];
    if (!this.#columns) {
      this.#columns = ['epoch', ...scores.map(({ metric }) => metric)];
      lines.push(pad(this.#columns, this.#columns));
    }
    const [, ...metrics] = this.#columns;
    const cells = metrics.map((metric) => {
      const score = scores.find((candidate) => candidate.metric === metric);
      return score ? formatValue(score.value) : '–';
    });
    lines.push(`${pad([String(epoch), ...cells], this.#columns)}${note ? `  ${note}` : ''}`);
    return lines;
  }
}

function pad(cells: readonly string[], columns: readonly string[]): string {
  return cells.map((cell, index) => cell.padStart(Math.max(columns[index].length, 8))).join('  ');
}
