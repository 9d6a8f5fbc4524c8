"""The photos of the demo world's sets."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """One photo. `place` is (metres east, metres north) of the site's position, `pair` the number of the one before."""

    scene: str
    caption: str
    clock: str
    place: tuple | None
    stage: str = ""
    pair: int = 0  # counted from 1, in the set
    seed: str = ""


def _pair(number, scene, seed, place, before, after):
    """Two photos of one place: (caption, clock) of each; `number` is that of the first in its set."""
    return (
        Shot(scene, before[0], before[1], place, "before", 0, seed),
        Shot(scene, after[0], after[1], (place[0] + 2, place[1] - 1), "after", number, seed),
    )


SHOTS = {
    "pruning_photos": (
        *_pair(
            1,
            "trees",
            "lindens",
            (-38, 46),
            ("Lindens at post 14, deadwood over the track", "07:52"),
            ("Lindens at post 14, crowns lifted", "11:20"),
        ),
        *_pair(
            3,
            "trees",
            "picnic",
            (52, 18),
            ("Picnic area, branches over the tables", "08:05"),
            ("Picnic area, clear of deadwood", "13:40"),
        ),
        *_pair(
            5,
            "trees",
            "bend",
            (6, -61),
            ("Bend before the boardwalk, view closed", "08:21"),
            ("Bend before the boardwalk, view open again", "14:12"),
        ),
        Shot("track", "The track is swept and open", "14:35", (24, 72), seed="open"),
        Shot("trees", "Two limbs left for the ecologist", "14:44", (71, -30), seed="limbs"),
    ),
    "regrading_photos": (
        *_pair(
            1,
            "track",
            "steep",
            (-20, 60),
            ("Northern track at post 14, rutted", "07:55"),
            ("Northern track at post 14, regraded 1:20", "14:20"),
        ),
        *_pair(
            3,
            "track",
            "culvert",
            (40, 85),
            ("Near the culvert, washed out", "08:10"),
            ("Near the culvert, compacted and edged", "14:40"),
        ),
    ),
    "depot_photos": (
        *_pair(
            1,
            "yard",
            "west",
            (-15, 8),
            ("Western bays, lines worn", "08:00"),
            ("Western bays, repainted", "13:10"),
        ),
        Shot("yard", "Loading bay, repainted", "13:25", (18, -12), seed="bay"),
    ),
}
