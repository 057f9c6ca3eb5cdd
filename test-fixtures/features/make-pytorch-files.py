"""Makes the .pth files beside it with Python's own pickle and zipfile, laid out as PyTorch's `torch.save` does.

    python test-fixtures/features/make-pytorch-files.py

PyTorch itself isn't needed: classes that go by the names of its own are pickled instead.
"""

import collections
import io
import os
import pickle
import struct
import sys
import types
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


def module(name):
    made = types.ModuleType(name)
    sys.modules[name] = made
    return made


torch = module("torch")
torch._utils = module("torch._utils")


def storage_type(name):
    made = type(name, (), {"__module__": "torch"})
    setattr(torch, name, made)
    return made


Float, Half, Long = (storage_type(f"{kind}Storage") for kind in ("Float", "Half", "Long"))


def _rebuild_tensor_v2(*arguments):
    raise NotImplementedError


_rebuild_tensor_v2.__module__ = "torch._utils"
torch._utils._rebuild_tensor_v2 = _rebuild_tensor_v2


class Storage:
    def __init__(self, kind, key, numbers):
        self.kind, self.key, self.numbers = kind, key, numbers

    def bytes(self):
        code = {Float: "f", Half: "e", Long: "q"}[self.kind]
        return struct.pack(f"<{len(self.numbers)}{code}", *self.numbers)


class Tensor:
    def __init__(self, storage, offset, shape, strides):
        self.arguments = (storage, offset, shape, strides, False, collections.OrderedDict())

    def __reduce__(self):
        return _rebuild_tensor_v2, self.arguments


class Pickler(pickle.Pickler):
    def __init__(self, file, legacy=False):
        super().__init__(file, protocol=2)
        self.legacy = legacy

    def persistent_id(self, thing):
        if not isinstance(thing, Storage):
            return None
        end = (None,) if self.legacy else ()
        return ("storage", thing.kind, thing.key, "cpu", len(thing.numbers), *end)


def pickled(thing, **options):
    file = io.BytesIO()
    Pickler(file, **options).dump(thing)
    return file.getvalue()


def archive(path, pickle_bytes, storages=(), method=zipfile.ZIP_STORED):
    with zipfile.ZipFile(HERE / path, "w", method) as file:
        def write(name, data):
            file.writestr(zipfile.ZipInfo(f"archive/{name}", (1980, 1, 1, 0, 0, 0)), data, method)
        write("data.pkl", pickle_bytes)
        for storage in storages:
            write(f"data/{storage.key}", storage.bytes())
        write("version", b"3\n")


def main():
    floats = Storage(Float, "0", [0, 1, 2, 3, 4, 5])
    halves = Storage(Half, "1", [0.5, -1.25])
    longs = Storage(Long, "2", [7])
    state = collections.OrderedDict(
        matrix=Tensor(floats, 0, (2, 3), (3, 1)),
        transposed=Tensor(floats, 0, (3, 2), (1, 3)),
        tail=Tensor(floats, 4, (2,), (1,)),
        halves=Tensor(halves, 0, (2,), (1,)),
        batches=Tensor(longs, 0, (), ()),
    )
    state._metadata = collections.OrderedDict({"": {"version": 1}})
    archive("state-dict.pth", pickled(state), [floats, halves, longs])
    archive("deflated.pth", pickled({"state_dict": state, "epoch": 3}), [floats, halves, longs], zipfile.ZIP_DEFLATED)
    # Before PyTorch 1.6: no zip, pickles one after the other, then each storage with its length.
    legacy = [0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}]
    with open(HERE / "legacy.pth", "wb") as file:
        for thing in legacy:
            file.write(pickled(thing))
        only_floats = collections.OrderedDict((name, state[name]) for name in ("matrix", "tail"))
        file.write(pickled(only_floats, legacy=True))
        file.write(pickled(["0"]))
        file.write(struct.pack("<q", len(floats.numbers)) + floats.bytes())

    class Command:
        def __reduce__(self):
            return os.system, ("touch plateau-was-here",)

    archive("hostile.pth", pickled({"weight": Command()}))
    archive("too-short.pth", pickled({"weight": Tensor(floats, 0, (3, 3), (3, 1))}), [floats])
    archive("repeating.pth", pickled({"weight": Tensor(floats, 0, (100000, 100000), (0, 0))}), [floats])
    with zipfile.ZipFile(HERE / "bomb.pth", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("archive/data.pkl", (1980, 1, 1, 0, 0, 0)), bytes(10_000_000), zipfile.ZIP_DEFLATED)


main()
