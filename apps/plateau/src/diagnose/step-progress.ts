import { stderrProgress } from '../progress.js';

/** A bar for each step, which advances with its draws. */
export function stepProgress() {
  const progress = stderrProgress();
  let running = false;
  const stop = () => {
    if (running) progress.stop();
    running = false;
  };
  return {
    callbacks: {
      onStep(step: string, draws: number) {
        stop();
        progress.start(step, draws);
        running = true;
      },
      onDraw: () => progress.advance(1),
    },
    stop,
  };
}
