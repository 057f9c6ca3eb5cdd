/**
 * The script of a page with films: each becomes a slider over its frames, moved with the mouse or, like any slider, with
 * the arrow keys, Page Up and Down, Home and End. Without it, and on paper, all frames are shown.
 *
 * `plateauFilms(root)` can be called again when a part of the page has been replaced: a film keeps the epoch that it
 * showed, and one that was at its end goes on to the newest.
 */
export const filmScript = `
'use strict';
const plateauFilmEpochs = new Map();
function plateauFilms(root) {
  for (const film of root.querySelectorAll('.film')) {
    const frames = [...film.querySelectorAll('.frame[data-epoch]')];
    const slider = film.querySelector('input[type=range]');
    const label = film.querySelector('output');
    if (frames.length === 0 || !slider) continue;
    const show = () => {
      const at = Number(slider.value);
      frames.forEach((frame, i) => frame.classList.toggle('shown', i === at));
      label.textContent = 'epoch ' + frames[at].dataset.epoch;
      slider.setAttribute('aria-valuetext', label.textContent);
      plateauFilmEpochs.set(film.id, at === frames.length - 1 ? undefined : frames[at].dataset.epoch);
    };
    slider.max = String(frames.length - 1);
    const before = frames.findIndex((frame) => frame.dataset.epoch === plateauFilmEpochs.get(film.id));
    slider.value = String(before < 0 ? frames.length - 1 : before);
    slider.addEventListener('input', show);
    film.classList.add('sliding');
    show();
  }
}
plateauFilms(document);
`;
