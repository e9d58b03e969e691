"""What a layer holds and multiplies."""

from dataclasses import dataclass

from dlcv_viz.architectures import layers
from dlcv_viz.architectures.layers import Layer


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of a layer: those that are trained, those that are only kept, and its products."""

    weights: int = 0
    biases: int = 0
    buffers: int = 0
    multiply_adds: int = 0


def counts(layer: Layer, read: tuple[int, ...], given: tuple[int, ...]) -> Counts:
    """Count a layer.

    Parameters
    ----------
    layer : Layer
        Of any kind; one that holds nothing counts nothing.
    read, given : tuple of int
        Shapes of what comes in and out.

    Returns
    -------
    Counts
        Those of batch normalization are a scale and a shift for each map, and as buffers the
        running mean and variance.

    Raises
    ------
    ValueError
        If groups or links do not match the channels.
    """
    channels = given[0]
    biases = channels if layer.bias else 0
    match layer.kind:
        case layers.CONVOLUTION:
            weights = _pairs(layer, read[0]) * _area(layer)
            return Counts(weights, biases, 0, weights * given[1] * given[2])
        case layers.DENSE:
            weights = read[0] * channels
            return Counts(weights, biases, 0, weights)
        case layers.RADIAL_BASIS:
            return Counts(0, 0, read[0] * channels, read[0] * channels)
        case layers.BATCH_NORM:
            return Counts(channels, channels, 2 * channels)
        case layers.SUBSAMPLING:
            return Counts(channels, channels)
    return Counts()


def _area(layer: Layer) -> int:
    height, width = (layer.kernel,) * 2 if isinstance(layer.kernel, int) else layer.kernel
    return height * width


def _pairs(layer: Layer, n_read: int) -> int:
    """Return how many pairs of a map that comes in and one that goes out are connected."""
    if layer.links:
        if len(layer.links) != layer.channels:
            raise ValueError(f"{len(layer.links)} lists of links, but {layer.channels} maps")
        unknown = {link for seen in layer.links for link in seen} - set(range(n_read))
        if unknown:
            raise ValueError(f"links to map {min(unknown)}, but is given maps 0 to {n_read - 1}")
        return sum(map(len, layer.links))
    if layer.groups < 1 or n_read % layer.groups or layer.channels % layer.groups:
        told = f"{n_read} channels in and {layer.channels} out"
        raise ValueError(f"{told} cannot be parted into {layer.groups} groups")
    return layer.channels * n_read // layer.groups
