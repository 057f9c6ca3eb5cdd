import { filmScript } from '@plateau/scorecard';

/**
 * The script of a served page: films, and parts that are replaced as the server sends them. A part that is unchanged stays
 * as it is; the keyboard's place survives a replacement.
 */
export const pageScript = `${filmScript}
const plateauState = document.getElementById('state');
const plateauEvents = new EventSource(document.body.dataset.events);
plateauEvents.addEventListener('open', () => { plateauState.textContent = 'live'; });
plateauEvents.addEventListener('error', () => { plateauState.textContent = 'connection lost, trying again'; });
plateauEvents.addEventListener('part', (message) => {
  const { id, version, html } = JSON.parse(message.data);
  const part = document.getElementById(id);
  if (!part || part.dataset.version === version) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
  part.innerHTML = html;
  part.dataset.version = version;
  plateauFilms(part);
  if (focused) document.getElementById(focused)?.focus();
});
`;
