"""Publications and talks in the manner of real ones, made up: files of a collection as academicpages has them."""

from collections.abc import Iterator, Sequence
from random import Random

_WHAT = (
    "Predictive Coding; Sparse Attention; Optical Flow; Protein Folding; Causal Discovery; Credit Assignment; Graph Neural "
    "Networks; Neural Fields; Spiking Circuits; Diffusion Models; Bayesian Optimization; Speech Separation; Cloud Feedbacks; "
    "Soil Moisture; Tree Mortality; Monetary Policy; Labour Markets; Trust in Courts; Syntactic Islands; Tone Sandhi; "
    "Quantum Error Correction; Topological Insulators; Dark Matter Halos; Supernova Remnants; Gene Drives; Gut Microbiota; "
    "Zebrafish Larvae; Working Memory; Sleep Spindles; Motor Learning; Federated Learning; Program Synthesis"
).split("; ")
_HOW = (
    "A Unified Account of {}; Towards Robust {} under Distribution Shift; {} Beyond Backpropagation; On the Limits of {}; "
    "Scaling {} to Billions of Samples; {}: A Survey; Rethinking {} for {}; What Can {} Tell Us about {}?; Learning {} from "
    "Weak Supervision; {} Predicts {} across Species; Fast Approximate {} with Provable Guarantees; Evidence for {} in the "
    "Human Brain; Measuring {} in the Wild: A Longitudinal Study of 1,204 Participants; {} via {}; An Open Dataset for {}"
).split("; ")
_GIVEN = "Maria Jan Wei Aisha Tom Lukas Priya Chen Elena Noah Sofia Kofi Ingrid Pedro Yuki Hana Omar Claire Ivan Ruth".split()
_FAMILY = (
    "Garcia;Novak;Zhang;Khan;Miller;Schäfer;Iyer;Li;Rossi;Cohen;Lindqvist;Mensah;van der Berg;Oliveira;Tanaka;Kim;Haddad;"
    "Dupont;Petrov;O’Neill;Liu;Sato;Bogacz;Xu;Almeida;Fischer;Song;Wang;Ng;Muñoz"
).split(";")
_VENUES = (
    "Nature Neuroscience; NeurIPS; ICML; ICLR; Journal of Machine Learning Research; Proceedings of the National Academy of "
    "Sciences; eLife; Physical Review Letters; Annual Review of Economics; IEEE Transactions on Pattern Analysis and Machine "
    "Intelligence; ACL; Science Advances; PLOS Computational Biology; The Astrophysical Journal; bioRxiv"
).split("; ")
_SENTENCES = (
    "We study how {} emerges from local rules.; Previous work has treated {} and {} apart.; Here we show that both follow "
    "from one objective.; In experiments on {} data sets the method is on a par with the best known ones.; Our results "
    "suggest that {} deserves more attention than it has received.; Code and data are available."
).split("; ")


def publications(count: int, seed: int = 15, *, abstracts: float = 0.0, last: int = 2026) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file; ``abstracts`` is the share of those that have one."""
    random = Random(seed)
    for number in range(count):
        year = last - number * 14 // max(14, count)
        topics = random.sample(_WHAT, 2)
        title = random.choice(_HOW).format(*topics)
        names = [
            f"{random.choice(_GIVEN)[0]}. {random.choice(_FAMILY)}" for _ in range(random.choice((1, 2, 2, 3, 4, 6)))
        ]
        names.insert(random.randrange(len(names) + 1), "Yuhang Song" if number % 3 else "Y. Song*")
        venue = random.choice(_VENUES)
        lines = [
            f'title: "{title}"',
            "collection: publications",
            "category: " + ("conferences" if len(venue) < 8 else "manuscripts"),
            f"permalink: /publication/{year}-{title.split()[0].lower()}-{number}",
            f"date: {year}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
            f"venue: '{venue}'",
            f"authors: {', '.join(names)}",
        ]
        if random.random() < 0.6:
            lines.append(
                f"doi: 10.{random.randrange(1000, 1200)}/{venue[:4].lower().strip()}.{random.randrange(10**6)}"
            )
        if random.random() < 0.5:
            lines.append(f"arxiv: {year % 100:02}{random.randrange(1, 13):02}.0{random.randrange(10**4):04}")
        if random.random() < 0.7:
            lines.append(f"paperurl: /files/{title.split()[0].lower()}{year}.pdf")
        if random.random() < 0.3:
            lines.append(f"code: https://github.com/yuhangsong/{topics[0].split()[0].lower()}")
        if number % 17 == 3:
            lines.append("award: Best Paper Award")
        body = ""
        if random.random() < abstracts:
            body = " ".join(text.format(*random.sample(_WHAT, 2)) for text in random.sample(_SENTENCES, 5))
        yield f"{year}-{number:03}.md", "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


TALKS = [
    (
        "Predictive coding in ten minutes",
        "Invited talk",
        "Max Planck Institute for Brain Research",
        "Frankfurt, Germany",
        "2025-03-12",
    ),
    ("What the cortex might optimise", "Keynote", "Bernstein Conference", "Göttingen, Germany", "2024-09-30"),
    (
        "Learning without backpropagation",
        "Talk",
        "UC San Francisco, Department of Testing",
        "San Francisco, CA, USA",
        "2023-03-01",
    ),
    (
        "A tutorial on energy-based models",
        "Tutorial",
        "UC-Berkeley Institute for Testing Science",
        "Berkeley, CA, USA",
        "2023-02-01",
    ),
]


def talks(rows: Sequence[tuple[str, str, str, str, str]] = TALKS) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file."""
    for title, kind, venue, location, date in rows:
        name = f"{date}-{title.split()[0].lower()}"
        yield (
            f"{name}.md",
            (
                f'---\ntitle: "{title}"\ncollection: talks\ntype: "{kind}"\npermalink: /talks/{name}\n'
                f'venue: "{venue}"\ndate: {date}\nlocation: "{location}"\n---\nWith many pictures, and two demonstrations.\n'
            ),
        )
