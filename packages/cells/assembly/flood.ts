// The flood of flood-basins.ts: pixels in the order of height, floods in a union-find.

/**
 * Puts the pixels of a framed image in order, lowest first, in reading order at one height (a counting sort).
 * @param values heights of the framed image, int32
 * @param stride pixels from one framed row to the next
 * @param least the lowest height
 * @param starts one value more than there are heights from the lowest to the greatest, int32, 0 at first
 * @param order takes the pixels' indices, int32
 */
export function sortByHeight(
  values: usize,
  stride: i32,
  height: i32,
  least: i32,
  starts: usize,
  levels: i32,
  order: usize,
): void {
  for (let y = 1; y <= height; y++) countRow(values + ((y * stride + 1) << 2), stride - 2, starts - (least << 2) + 4);
  for (let level = 1; level < levels; level++) {
    const at = starts + (level << 2);
    store<i32>(at, load<i32>(at) + load<i32>(at - 4));
  }
  for (let y = 1; y <= height; y++) {
    placeRow(values + ((y * stride + 1) << 2), y * stride + 1, stride - 2, starts - (least << 2), order);
  }
}

function countRow(values: usize, width: i32, counts: usize): void {
  for (let x = 0; x < width; x++) {
    const at = counts + (load<i32>(values + (x << 2)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

function placeRow(values: usize, first: i32, width: i32, starts: usize, order: usize): void {
  for (let x = 0; x < width; x++) {
    const at = starts + (load<i32>(values + (x << 2)) << 2);
    const place = load<i32>(at);
    store<i32>(order + (place << 2), first + x);
    store<i32>(at, place + 1);
  }
}

/**
 * @param order indices of `count` pixels of the framed image, lowest first, int32
 * @param values heights of the framed image, int32
 * @param labels of the framed image, int32, 0 at first; takes each pixel's flood, from 1 on
 * @param stride pixels from one framed row to the next
 * @param parents room for count + 1 values, int32: floods that became one point to it
 * @param depths room for count + 1 values, int32
 * @param h floods that meet before the shallower has risen so much become one
 * @returns how many floods began
 */
export function flood(
  order: usize,
  count: i32,
  values: usize,
  labels: usize,
  stride: i32,
  parents: usize,
  depths: usize,
  h: i32,
): i32 {
  let floods = 0;
  for (let k = 0; k < count; k++) {
    const at = load<i32>(order + (k << 2)) << 2;
    let own = sameLabel(labels + at, stride << 2);
    own = own < 0 ? soleFlood(labels + at, stride << 2, parents) : own > 0 ? rootOf(parents, own) : 0;
    if (own < 0) own = meetFloods(labels + at, values + at, stride << 2, parents, depths, h);
    else if (own === 0) {
      own = ++floods;
      store<i32>(parents + (own << 2), own);
      store<i32>(depths + (own << 2), load<i32>(values + at));
    }
    store<i32>(labels + at, own);
  }
  return floods;
}

function rootOf(parents: usize, flood: i32): i32 {
  let parent = load<i32>(parents + (flood << 2));
  while (parent !== flood) {
    const above = load<i32>(parents + (parent << 2));
    store<i32>(parents + (flood << 2), above);
    flood = above;
    parent = load<i32>(parents + (flood << 2));
  }
  return flood;
}

/** The flood after a neighbour was seen; −1 once there are two. The neighbour is told its root, so that none need search. */
function seen(own: i32, at: usize, parents: usize): i32 {
  const label = load<i32>(at);
  if (label === own || label === 0) return own;
  const root = rootOf(parents, label);
  store<i32>(at, root);
  return own === 0 || own === root ? root : -1;
}

/** The one label beside a pixel that has none; 0 when there is none yet, −1 when there are several, of one flood or more. */
function sameLabel(at: usize, row: i32): i32 {
  // Three pixels of each row: the fourth is not beside this one.
  const three = i32x4(-1, -1, -1, 0);
  const above = v128.and(v128.load(at - row - 4), three);
  const beside = v128.and(v128.load(at - 4), three);
  const below = v128.and(v128.load(at + row - 4), three);
  let most = i32x4.max_s(i32x4.max_s(above, beside), below);
  most = i32x4.max_s(most, i32x4.shuffle(most, most, 2, 3, 0, 1));
  most = i32x4.max_s(most, i32x4.shuffle(most, most, 1, 0, 3, 2));
  const others = v128.or(v128.or(isOther(above, most), isOther(beside, most)), isOther(below, most));
  return v128.any_true(others) ? -1 : i32x4.extract_lane(most, 0);
}

function isOther(labels: v128, label: v128): v128 {
  return v128.and(i32x4.ne(labels, label), i32x4.gt_s(labels, i32x4.splat(0)));
}

/** The one flood beside a pixel, as for nearly all; 0 when there is none yet, −1 when there are several. */
function soleFlood(at: usize, row: i32, parents: usize): i32 {
  let own = seen(0, at - row - 4, parents);
  own = seen(own, at - row, parents);
  if (own < 0) return -1;
  own = seen(own, at - row + 4, parents);
  if (own < 0) return -1;
  own = seen(own, at - 4, parents);
  if (own < 0) return -1;
  own = seen(own, at + 4, parents);
  if (own < 0) return -1;
  own = seen(own, at + row - 4, parents);
  if (own < 0) return -1;
  own = seen(own, at + row, parents);
  if (own < 0) return -1;
  return seen(own, at + row + 4, parents);
}

let own: i32 = 0;
let lowest: i32 = 0;

/** Joins the floods around a pixel, as far as they are not too deep, and tells which of those left it belongs to. */
function meetFloods(labels: usize, values: usize, row: i32, parents: usize, depths: usize, h: i32): i32 {
  own = 0;
  lowest = 0;
  const value = load<i32>(values);
  meet(labels - 4, values - 4, value, parents, depths, h);
  meet(labels + 4, values + 4, value, parents, depths, h);
  meet(labels - row, values - row, value, parents, depths, h);
  meet(labels + row, values + row, value, parents, depths, h);
  meet(labels - row - 4, values - row - 4, value, parents, depths, h);
  meet(labels - row + 4, values - row + 4, value, parents, depths, h);
  meet(labels + row - 4, values + row - 4, value, parents, depths, h);
  meet(labels + row + 4, values + row + 4, value, parents, depths, h);
  return own;
}

function meet(label: usize, height: usize, value: i32, parents: usize, depths: usize, h: i32): void {
  if (load<i32>(label) === 0) return;
  const other = rootOf(parents, load<i32>(label));
  const ownHeight = load<i32>(height);
  if (own === 0) {
    own = other;
    lowest = ownHeight;
  } else if (other !== own) {
    const isDeeper = load<i32>(depths + (own << 2)) <= load<i32>(depths + (other << 2));
    const deep = isDeeper ? own : other;
    const shallow = isDeeper ? other : own;
    if (value - load<i32>(depths + (shallow << 2)) < h) {
      store<i32>(parents + (shallow << 2), deep);
      own = deep;
    } else if (ownHeight < lowest) own = other;
  }
  if (ownHeight < lowest) lowest = ownHeight;
}
