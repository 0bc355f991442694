"""Publications and talks in the manner of real ones, made up: files of a collection as academicpages has them."""

from collections.abc import Iterator, Sequence
from random import Random

_WORDS = """
adaptive adversarial anatomical asymptotic attention automata axon bacteria bargaining basalt bayesian behaviour bilingual
biomass bosons brain bridges calcium cancer canopy carbon cascades causal ceramic chaos children chromatin circuits citizens
climate clouds clusters coastal cognition coherence collapse colonial combustion compression conflict consensus constraints
contact contracts convex coral cortex cosmology credit crystals culture curvature cycles decision deep defects democracy
dendrites density detection dialects diffusion digital disease distributed diversity DNA drought dynamics earthquakes ecology
education electrons embedding emissions energy entropy enzymes epistemic equilibrium error estimation ethics evolution
exchange exoplanets expectation experts exposure fairness families fatigue feedback fermions fields finance fire firms fission
flow forests formation fractures free frequency friction fusion galaxies games gender generative genome geometry glaciers
grammar graphs gravity grids groups growth habitat harmonic health heat heterogeneity hierarchical hippocampus housing human
hydrogen identity images immune implicit incentives income induction inequality inference infants information insulin interfaces
intuition invariance isotopes judgement kernels kinetics labour language lasers latent lattice law learning lenses liquidity
local logic machine magnetic mantle markets matching matter measurement media membranes memory metals methane microbes migration
minimal mixtures mobility modal models molecular monsoon morphology motion motor multilingual music mutation narratives networks
neural neutrino nitrogen noise norms nuclear nucleation oceans online operators optics optimal order organic oxygen panel
parsing particles pathways patients perception phase phonology photons phylogeny planets plasma plasticity policy polymers
populations poverty precision prediction pressure priors privacy probabilistic programs proofs proteins protocols pulsars
quantum query random ranking reaction reasoning receptors recovery regression reinforcement religion renewal replication
representation resilience retrieval rewards rhythm rings risk rivers robots rotation sampling satellites scaling schooling
sediment selection semantics sensors sequences sex shocks signals silicon simulation sleep social soil solar sparse spatial
species spectra speech spin spiking stability stars statistical stellar stochastic storage stress structure supply surfaces
surveys symmetry synapses syntax taxes teachers tectonic temporal tensors texts theory thermal tides tissue tokens topology
torque trade transfer transformers transport trees trust turbulence uncertainty unsupervised urban vaccines variational
vegetation velocity verification viruses vision visual voting vowels voters warming water waves weak welfare wind women zebrafish
""".split()
_HOW = (
    "A Unified Account of {} {} and {}; Towards {} {} under {} {}; {} {} beyond {}; On the {} of {} {}; {} {}: a Survey; "
    "Rethinking {} {} for {}; What Can {} Tell Us about {} {}?; {} {} from Weak {}; {} Predicts {} {} across {}; "
    "Fast Approximate {} {} with Provable {}; Evidence for {} {} in the Human {}; Measuring {} in {}: A Longitudinal Study of "
    "1,204 {}; {} {} via {} {}; An Open Dataset for {} {}"
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


def publications(count: int, seed: int = 15, *, abstracts: float = 0.0, last: int = 2026) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file; ``abstracts`` is the share of those that have one."""
    random = Random(seed)
    for number in range(count):
        year = last - number * 14 // max(14, count)
        topics = [word[:1].upper() + word[1:] for word in random.sample(_WORDS, 6)]
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
            body = (
                ". ".join(" ".join(random.choices(_WORDS, k=random.randrange(8, 25))).capitalize() for _ in range(6))
                + "."
            )
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


CHINESE = """---
title: "大规模语言模型中的因果推断"
collection: publications
permalink: /publication/2024-causal
date: 2024-05-01
venue: '计算机学报'
authors: 李雷, 宋宇航, 韩梅梅
paperurl: /files/causal.pdf
---
本文研究大规模语言模型中的因果推断，并给出一个统一的框架。
"""
ARABIC = """---
title: "تحليل الخطاب في الرواية العربية المعاصرة"
collection: publications
permalink: /publication/2023-novel
date: 2023-05-01
venue: 'مجلة الدراسات الأدبية'
authors: ليلى حداد, يوهانغ سونغ
paperurl: /files/novel.pdf
---
ندرس في هذا البحث بنية الخطاب.
"""
