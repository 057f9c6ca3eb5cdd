import { inferShapes } from './infer-shapes.js';
import { inputsOf, type Network, type NetworkNode } from './network.js';

/**
 * The part of a network that a layer needs, returning that layer as one vector an image: a layer with spatial extent is
 * averaged over it.
 * @param layer name of a node: `pool`, `mixed7`, …, or one of the network's aliases: `768`, …
 * @throws RangeError when the network has no such layer
 * @example networkUpTo(inception, 'mixed7').output // => 'mixed7.average', 768 values
 */
export function networkUpTo(network: Network, layer: string): Network {
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const name = network.layerAliases?.[layer] ?? layer;
  const target = byName.get(name);
  if (target === undefined || target.kind === 'input') {
    throw new RangeError(
      `${network.id} has no layer '${layer}': expected one of ${layersOf(network).join(', ')} (or another node)`,
    );
  }
  const needed = ancestors(target, byName);
  const nodes = network.nodes.filter(({ name }) => needed.has(name));
  const { height, width } = inferShapes(network).get(name)!;
  if (height === 1 && width === 1) return { id: network.id, nodes, output: name };
  const average: NetworkNode = { kind: 'global-average-pool', name: `${name}.average`, input: name };
  return { id: network.id, nodes: [...nodes, average], output: average.name };
}

/** The layers that are worth naming: aliases, blocks and vectors. */
function layersOf({ nodes, layerAliases = {} }: Network): string[] {
  const aliases = Object.keys(layerAliases);
  const kinds = new Set<NetworkNode['kind']>(['concat', 'global-average-pool', 'dense']);
  const names = nodes.filter(({ kind, name }) => kinds.has(kind) && !aliases.includes(name)).map(({ name }) => name);
  return [...aliases, ...names];
}

/**
 * The nodes that a node's value needs, itself included.
 * @throws RangeError when the network has no such node
 */
export function nodesUpTo(network: Network, name: string): NetworkNode[] {
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const target = byName.get(name);
  if (target === undefined) throw new RangeError(`${network.id} has no node '${name}'`);
  const needed = ancestors(target, byName);
  return network.nodes.filter((node) => needed.has(node.name));
}

function ancestors(target: NetworkNode, byName: ReadonlyMap<string, NetworkNode>): Set<string> {
  const found = new Set<string>();
  const waiting = [target];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (found.has(node.name)) continue;
    found.add(node.name);
    waiting.push(...inputsOf(node).map((name) => byName.get(name)!));
  }
  return found;
}
