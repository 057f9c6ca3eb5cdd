// Checks every package as it would be published: its place in the house, its README, publint, and attw on the tarball.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layers } from './layers.js';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const folders = ['packages', 'apps'].flatMap((top) =>
  readdirSync(top)
    .map((name) => join(top, name))
    .filter((folder) => existsSync(join(folder, 'package.json'))),
);
const failures: string[] = [];
const scratch = mkdtempSync(join(tmpdir(), 'plateau-packages-'));

for (const folder of folders) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const before = failures.length;
  failures.push(...misplacedDependencies(folder, manifest));
  if (!existsSync(join(folder, 'README.md'))) failures.push(`${folder}: no README.md`);
  attempt(folder, 'publint', ['publint', '--strict', folder]);
  const packed = JSON.parse(run('npm', ['pack', `./${folder}`, '--json', '--pack-destination', scratch])) as unknown;
  const tarball = join(scratch, tarballName(packed));
  attempt(folder, 'attw', ['attw', tarball, '--profile', 'esm-only']);
  process.stdout.write(`${failures.length === before ? 'ok  ' : 'BAD '} ${manifest.name}\n`);
}
rmSync(scratch, { recursive: true });

if (failures.length > 0) {
  process.stderr.write(`${failures.join('\n')}\n`);
  process.exitCode = 1;
}

/** Dependencies on packages that stand on the same floor or above. */
function misplacedDependencies(folder: string, { dependencies, peerDependencies }: Manifest): string[] {
  const floor = folder.startsWith('apps')
    ? layers.length
    : layers.indexOf(folder.split('/')[1] as (typeof layers)[number]);
  if (floor < 0) return [`${folder}: has no place in tools/layers.ts`];
  return Object.keys({ ...dependencies, ...peerDependencies })
    .filter((name) => name.startsWith('@plateau/'))
    .filter((name) => layers.indexOf(name.slice('@plateau/'.length) as (typeof layers)[number]) >= floor)
    .map((name) => `${folder}: depends on ${name}, which does not stand below it`);
}

function tarballName(packed: unknown): string {
  const entries = Object.values(packed as Record<string, { filename: string }>);
  return entries[0].filename;
}

function attempt(folder: string, check: string, args: readonly string[]): void {
  try {
    run('npx', ['--no-install', ...args]);
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    failures.push(`${folder}: ${check} failed\n${stdout ?? ''}${stderr ?? ''}`);
  }
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}
