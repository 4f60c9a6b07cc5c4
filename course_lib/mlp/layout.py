"""Where a network keeps its numbers: all parameters in one vector, each layer as views of it.

One vector makes a step of gradient descent two array operations, however many layers there are.
The arrays of a pass through the network are allocated once for each number of samples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.mlp.units import LearnedUnits, Units

__all__ = ["Layer", "Layout", "Workspace"]

Array = NDArray[Any]
_LARGEST = 2**30  # bytes of one vector; training keeps four


@dataclass(slots=True)
class Layer:
    """One affine step and what follows it, as views of the network's vectors.

    Parameters
    ----------
    weights, weight_gradient : ndarray of shape (..., n_out, n_in)
        W in z = W x + b, and the slopes of the loss; the leading axis counts networks.
    biases, bias_gradient : ndarray of shape (..., n_out)
        The same for b.
    units : Units or None
        None after the last layer, whose outputs are the pre-activations.
    """

    weights: Array
    biases: Array
    weight_gradient: Array
    bias_gradient: Array
    units: Units | None

    @property
    def transposed(self) -> Array:
        """The weights with their last two axes swapped, a view."""
        return self.weights.swapaxes(-1, -2)

    @property
    def bias_row(self) -> Array:
        """The biases as a row that is added to every sample, a view."""
        return self.biases[..., None, :]


class Layout:
    """The vectors of parameters and of gradients, and the layers as views of them.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, units of each hidden layer, outputs.
    units : sequence of Units
        One for each hidden layer.
    n_networks : int or None
        How many networks side by side; None for one without a leading axis.
    dtype : numpy.dtype
        float32 or float64.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        units: Sequence[Units],
        n_networks: int | None,
        dtype: np.dtype[Any],
    ) -> None:
        self.lead = () if n_networks is None else (n_networks,)
        self.dtype = dtype
        widths = [u.entries_per_output * n for u, n in zip(units, sizes[1:], strict=False)]
        self.widths = (*widths, sizes[-1])  # of the pre-activations
        self.fan_ins = tuple(sizes[:-1])
        learned = [len(u.names) if isinstance(u, LearnedUnits) else 0 for u in units]
        count = sum(n * (m + 1) for n, m in zip(self.widths, self.fan_ins, strict=True))
        _check_memory((n_networks or 1) * (count + sum(learned)), self.dtype, sizes)
        self.parameters: Array = np.zeros((*self.lead, count + sum(learned)), dtype)
        self.gradient: Array = np.zeros_like(self.parameters)
        views = zip(
            self._views(self.parameters, self.lead),
            self._views(self.gradient, self.lead),
            strict=True,
        )
        self.layers = tuple(
            Layer(weights, biases, weight_gradient, bias_gradient, layer_units)
            for ((weights, biases), (weight_gradient, bias_gradient)), layer_units in zip(
                views, (*units, None), strict=True
            )
        )
        self.learned = tuple(u if isinstance(u, LearnedUnits) else None for u in units)
        end = count
        for own, n in zip(self.learned, learned, strict=True):
            if own is not None:
                own.values = self.parameters[..., end : end + n]
                own.gradient = self.gradient[..., end : end + n]
                own.values[...] = own.start
            end += n

    def name_of(self, index: int) -> str:
        """Return what stands at a place of the vector of parameters, such as "biases[0][2]"."""
        n_places = self.parameters.shape[-1]
        if not 0 <= index < n_places:
            raise ValueError(f"`index` must be from 0 to {n_places - 1}; got {index}.")
        places = np.arange(n_places)
        for i, (weights, biases) in enumerate(self._views(places, ())):
            for kind, array in (("weights", weights), ("biases", biases)):
                if index in array:
                    where = ", ".join(str(k[0]) for k in np.nonzero(array == index))
                    return f"{kind}[{i}][{where}]"
        names = [
            f"learned[{i}]['{name}']"
            for i, units in enumerate(self.learned)
            for name in (units.names if units else ())
        ]
        return names[index - len(places)]

    def _views(self, vector: Array, lead: tuple[int, ...]) -> Iterator[tuple[Array, Array]]:
        end = 0
        for n_out, n_in in zip(self.widths, self.fan_ins, strict=True):
            start, middle, end = end, end + n_out * n_in, end + n_out * (n_in + 1)
            yield vector[..., start:middle].reshape(*lead, n_out, n_in), vector[..., middle:end]


def _check_memory(count: int, dtype: np.dtype[Any], sizes: Sequence[int]) -> None:
    if count * dtype.itemsize > _LARGEST:
        raise ValueError(
            f"a network of sizes {tuple(sizes)} needs {count:,} numbers, which may not fit into "
            "memory. Choose smaller `hidden_layer_sizes`, or fewer networks."
        )


class Workspace:
    """The arrays of a forward and a backward pass over a fixed number of samples.

    Parameters
    ----------
    layout : Layout
        Of the network.
    n_samples : int
        How many samples at once.
    """

    def __init__(self, layout: Layout, n_samples: int) -> None:
        def allocate(width: int) -> Array:
            return np.empty((*layout.lead, n_samples, width), layout.dtype)

        self.ones = np.ones(n_samples, layout.dtype)
        self.has_slopes = False  # whether `deltas` belong to the last forward pass
        self.pre_activations = [allocate(width) for width in layout.widths]
        self.activations: list[Array] = [np.empty(0)]  # the inputs take the first place
        self.deltas = [allocate(width) for width in layout.widths]
        #: Slopes with respect to the activations; the same memory as `deltas` where it fits.
        self.upstream: list[Array] = []
        for layer, z, delta in zip(layout.layers, self.pre_activations, self.deltas, strict=True):
            entries = layer.units.entries_per_output if layer.units else 1
            self.activations.append(z if layer.units is None else allocate(z.shape[-1] // entries))
            self.upstream.append(delta if entries == 1 else allocate(z.shape[-1] // entries))

    @property
    def slopes(self) -> list[Array]:
        """The deltas, or ValueError if there was no backward pass."""
        if not self.has_slopes:
            raise ValueError("call backward(y) first: no slopes were computed in this pass yet.")
        return self.deltas
