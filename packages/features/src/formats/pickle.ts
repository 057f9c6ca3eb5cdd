/** Something that a pickle names and that the reader lets stand for data; it is never called. */
export class PickleGlobal {
  constructor(readonly name: string) {}
}

/** What a pickle is allowed to do beyond holding numbers, texts, lists and dictionaries. */
export interface PickleHooks {
  /** Names that may occur, `module.name`. */
  readonly allowed: ReadonlySet<string>;
  /** What an allowed name makes of its arguments. */
  reduce(callee: PickleGlobal, args: readonly unknown[]): unknown;
  /** What a persistent id stands for. */
  persistent(id: unknown): unknown;
}

/** Dictionaries are maps, tuples and lists are arrays. */
export interface PickleResult {
  readonly value: unknown;
  /** Where the pickle ends. */
  readonly end: number;
}

const MARK = Symbol('mark');

/**
 * Reads one pickle (protocols 2 to 5) as data. Pickles are programs; this runs only those that build containers and name what
 * is in `allowed`. Nothing of it is looked up or called outside the hooks.
 * @param file for messages
 * @throws RangeError that names what else the pickle asks for, or says that it is truncated
 */
export function readPickle(
  bytes: Uint8Array,
  hooks: PickleHooks,
  options: { file: string; start?: number },
): PickleResult {
  const { file, start = 0 } = options;
  const reader = new ByteReader(bytes, start, file);
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  const pop = (): unknown => {
    if (stack.length === 0) throw malformed(file);
    return stack.pop();
  };
  const popToMark = (): unknown[] => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw malformed(file);
    return stack.splice(mark).slice(1);
  };
  const named = (module: unknown, name: unknown): PickleGlobal => {
    const full = `${String(module)}.${String(name)}`;
    if (!hooks.allowed.has(full)) {
      throw new RangeError(
        `${file} asks for ${full}, which is code: only files that hold nothing but tensors are read`,
      );
    }
    return new PickleGlobal(full);
  };
  const call = (callee: unknown, args: unknown): unknown => {
    if (!(callee instanceof PickleGlobal) || !Array.isArray(args)) throw malformed(file);
    return hooks.reduce(callee, args);
  };
  const operations: Readonly<Record<string, () => void>> = {
    '\x80': () => void reader.byte(),
    '\x95': () => void reader.skip(8),
    '(': () => void stack.push(MARK),
    '0': () => void pop(),
    '2': () => void stack.push(stack.at(-1)),
    N: () => void stack.push(null),
    '\x88': () => void stack.push(true),
    '\x89': () => void stack.push(false),
    J: () => void stack.push(reader.int32()),
    K: () => void stack.push(reader.byte()),
    M: () => void stack.push(reader.uint16()),
    '\x8a': () => void stack.push(reader.long(reader.byte())),
    G: () => void stack.push(reader.float64()),
    X: () => void stack.push(reader.text(reader.uint32())),
    '\x8c': () => void stack.push(reader.text(reader.byte())),
    T: () => void stack.push(reader.text(reader.uint32())),
    U: () => void stack.push(reader.text(reader.byte())),
    ']': () => void stack.push([]),
    '}': () => void stack.push(new Map()),
    ')': () => void stack.push([]),
    t: () => void stack.push(popToMark()),
    l: () => void stack.push(popToMark()),
    '\x85': () => void stack.push(takeLast(1)),
    '\x86': () => void stack.push(takeLast(2)),
    '\x87': () => void stack.push(takeLast(3)),
    a: () => appendTo(1),
    e: () => appendAll(popToMark()),
    s: () => setItems(takeLast(2)),
    u: () => setItems(popToMark()),
    q: () => void memo.set(reader.byte(), stack.at(-1)),
    r: () => void memo.set(reader.uint32(), stack.at(-1)),
    '\x94': () => void memo.set(memo.size, stack.at(-1)),
    h: () => recall(reader.byte()),
    j: () => recall(reader.uint32()),
    c: () => void stack.push(named(reader.line(), reader.line())),
    '\x93': () => {
      const [module, name] = takeLast(2);
      stack.push(named(module, name));
    },
    R: () => {
      const [callee, args] = takeLast(2);
      stack.push(call(callee, args));
    },
    Q: () => void stack.push(hooks.persistent(pop())),
    // The state of an object: of what is allowed only OrderedDict has one, a table of versions that says nothing about tensors.
    b: () => {
      pop();
      if (!(stack.at(-1) instanceof Map)) throw malformed(file);
    },
  };

  function takeLast(count: number): unknown[] {
    if (stack.length < count) throw malformed(file);
    return stack.splice(stack.length - count);
  }
  function appendTo(count: number): void {
    appendAll(takeLast(count));
  }
  function appendAll(items: readonly unknown[]): void {
    const list = stack.at(-1);
    if (!Array.isArray(list)) throw malformed(file);
    for (const item of items) list.push(item);
  }
  function setItems(items: readonly unknown[]): void {
    const map = stack.at(-1);
    if (!(map instanceof Map) || items.length % 2 !== 0) throw malformed(file);
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  }
  function recall(key: number): void {
    if (!memo.has(key)) throw malformed(file);
    stack.push(memo.get(key));
  }

  for (;;) {
    const code = String.fromCharCode(reader.byte());
    if (code === '.') return { value: pop(), end: reader.at };
    const operation = operations[code];
    if (operation === undefined) {
      throw new RangeError(
        `${file} holds the pickle instruction 0x${code.charCodeAt(0).toString(16)}, which no file of tensors needs`,
      );
    }
    operation();
  }
}

function malformed(file: string): RangeError {
  return new RangeError(`${file} holds a pickle that makes no sense: the file is damaged`);
}

/** Reads numbers and texts one after the other. */
class ByteReader {
  readonly #view: DataView;
  at: number;

  constructor(
    readonly bytes: Uint8Array,
    start: number,
    readonly file: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = start;
  }

  /** Moves on, and says where it was. */
  skip(count: number): number {
    const from = this.at;
    if (from + count > this.bytes.length) {
      throw new RangeError(
        `${this.file} is truncated: its pickle goes on after the last of ${this.bytes.length} bytes`,
      );
    }
    this.at += count;
    return from;
  }

  byte(): number {
    return this.#view.getUint8(this.skip(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.skip(8), false);
  }

  /** A whole number of so many bytes, two's complement; rounded beyond 2⁵³. */
  long(length: number): number {
    const from = this.skip(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[from + i]!);
    return Number(BigInt.asIntN(8 * length, value));
  }

  text(length: number): string {
    const from = this.skip(length);
    return Buffer.from(this.bytes.subarray(from, from + length)).toString('utf8');
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    const text = this.text((end < 0 ? this.bytes.length + 1 : end) - this.at);
    this.skip(1);
    return text;
  }
}
