"""Make the model of reasons that comes with the package: ``make model``.

Run as ``python -m orchestration.shipped_model``. It learns from notes that this project writes
itself and from nothing else, so anyone can make it again and compare the version.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models_ml.reasons import suggesting
from models_ml.reasons.generating import generate_notes
from models_ml.reasons.training import train_model
from orchestration.reason_models import load_taxonomy, write_model

if TYPE_CHECKING:
    from models_ml.reasons.model import ReasonModel

TARGET: Final = Path(suggesting.__file__).parent / suggesting.FOLDER


def make_shipped_model() -> ReasonModel:
    """Train the shipped model anew.

    Returns
    -------
    ReasonModel
    """
    return train_model(
        generate_notes(suggesting.SEED),
        # Without the lexicon in it, its version changes with what it learned alone.
        taxonomy=replace(load_taxonomy(None), lexicon={}),
        seed=suggesting.SEED,
        has_lexicon_features=False,
        has_grammar_features=False,
    )


def main() -> None:
    """Write the model's folder and say its version and size."""
    model = make_shipped_model()
    write_model(model, folder=TARGET)
    size = sum(path.stat().st_size for path in TARGET.iterdir())
    sys.stdout.write(f"{model.version}, {size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
