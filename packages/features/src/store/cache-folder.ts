import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where downloads and caches live: `PLATEAU_CACHE`, or the platform's place for what can be made again (`~/.cache/plateau` or
 * below `XDG_CACHE_HOME`, `~/Library/Caches/plateau`, `%LOCALAPPDATA%\plateau\Cache`).
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const { PLATEAU_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (PLATEAU_CACHE) return PLATEAU_CACHE;
  if (platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'plateau', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'plateau');
  return join(XDG_CACHE_HOME ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'plateau');
}
