"""Makes the Keras files of this folder: small networks in each layout that Keras has written, and files that attack readers.

    pip install keras tensorflow-cpu h5py
    python test-fixtures/features/make-keras-files.py test-fixtures/features
"""

import sys
from pathlib import Path

import h5py
import keras
import numpy

FOLDER = Path(sys.argv[1])


def ramp(shape, start):
    """Numbers that say where they belong: start, start + 1/4, …"""
    return (start + numpy.arange(numpy.prod(shape)) / 4).reshape(shape).astype(numpy.float32)


def network():
    image = keras.Input((4, 4, 3))
    # Keras 3 numbers groups by the order of layers, whatever these are called.
    x = keras.layers.Conv2D(2, 1, use_bias=False, name="conv2d_1")(image)
    x = keras.layers.BatchNormalization(scale=False)(x)
    x = keras.layers.Conv2D(2, 1, use_bias=False, name="conv2d")(x)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(image, keras.layers.Dense(3)(x), name="inside")
    model.set_weights([ramp(weight.shape, 10 * i) for i, weight in enumerate(model.weights)])
    return model


def write(name, tensors):
    with h5py.File(FOLDER / name, "w") as file:
        for path, array in tensors.items():
            file.create_dataset(path, data=array)


def main():
    model = network()
    # An optimizer, whose moments are no weights of the network.
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    model.save(FOLDER / "keras-model.h5")
    model.save_weights(FOLDER / "keras-3.weights.h5")
    keras.Sequential([keras.Input((4, 4, 3)), model, keras.layers.Dense(2)]).save(FOLDER / "keras-nested.h5")

    # Keras Applications, written by Keras 1 and 2: layers at the root, numbered from 1; a scope may be numbered anew.
    write(
        "keras-legacy.h5",
        {
            "conv2d_1/conv2d_1/kernel:0": ramp((1, 1, 3, 2), 0),
            "conv2d_2/conv2d_2_1/kernel:0": ramp((1, 1, 2, 2), 10),
            "batch_normalization_1/batch_normalization_1/beta:0": ramp((2,), 20),
            "batch_normalization_1/batch_normalization_1/moving_mean:0": ramp((2,), 30).astype(numpy.float64),
            "batch_normalization_1/batch_normalization_1/moving_variance:0": ramp((2,), 40),
            "batch_normalization_1/batch_normalization_1/seen:0": numpy.arange(2, dtype=numpy.int64),
        },
    )

    with h5py.File(FOLDER / "hostile-link.h5", "w") as file:
        file["conv2d_1/kernel:0"] = h5py.ExternalLink("../../../etc/passwd", "/")
    with h5py.File(FOLDER / "hostile-circle.h5", "w") as file:
        group = file.create_group("conv2d_1")
        group["again"] = file["/conv2d_1"]
    with h5py.File(FOLDER / "hostile-size.h5", "w") as file:
        # 4 TB that take no room: chunks that were never written.
        file.create_dataset("conv2d_1/kernel:0", shape=(1_000_000, 1_000_000), chunks=(1000, 1000), dtype="f4")


main()
