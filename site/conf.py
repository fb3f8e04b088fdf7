"""How the site is made: the repository's own pages, as they are, with the outputs that were committed.

The sources' folder is the repository, so that pages link to each other as they do on GitHub. Nothing is executed and
nothing is loaded from another host.
"""

import re
from pathlib import Path
from typing import Final

import nbformat
from docutils import nodes
from sphinx.application import Sphinx

HERE: Final = Path(__file__).resolve().parent
_PATH: Final = re.compile(rf"\w*Path\('{re.escape(str(HERE.parent))}/([^']*)'\)")
CONTENTS: Final = (HERE / "contents.myst").read_text(encoding="utf-8")

project = "Reading Chinese policy text"
author = "The maintainers of policy-reading"
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc"]
root_doc = "README"
include_patterns = [
    *("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md"),
    *("seeds/*.md", "data/**.md", "benchmarks/*.md", "site/api/*.md", "notebooks/*.md", "notebooks/*.ipynb"),
]
exclude_patterns = [".*", "build", "reports", "tests"]

nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # widgets need a kernel; their scripts would come from another host
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]  # the picture beside it shows
nb_merge_streams = True
nb_render_markdown_format = "myst"  # links in outputs lead to pages, as those in text do
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 4

default_role = "code"  # docstrings write `so`, as everywhere else
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True}
autodoc_inherit_docstrings = False
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
add_module_names = False
autodoc_class_signature = "mixed"
python_maximum_signature_line_length = 100
python_display_short_literal_types = True
pygments_style = "a11y-high-contrast-light"

html_theme = "sphinx_book_theme"
html_title = project
html_theme_options = {
    "use_download_button": False,
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "search_bar_text": "Search 搜索",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
templates_path = ["_templates"]
html_context = {"default_mode": "auto"}  # light or dark as the reader's system is
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_additional_pages = {"search": "search.html"}
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_show_copyright = False
html_domain_indices = False


def _contents(_app: Sphinx, name: str, source: list[str]) -> None:
    """GitHub's README is the site's first page; the table of contents is the site's alone."""
    if name == root_doc:
        source[0] += "\n\n" + CONTENTS


def _figures_are_told(app: Sphinx, document: nodes.document, name: str) -> None:
    """The alternative text that stands with a figure in its notebook, which myst-nb leaves there."""
    path = Path(app.env.doc2path(name))
    if path.suffix == ".ipynb":
        outputs = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", ())]
        told = [o.metadata["image/png"]["alt"] for o in outputs if "image/png" in o.get("data", {})]
        figures = [n for n in document.findall(nodes.image) if "cell_output" in n.parent.get("classes", ())]
        for figure, text in zip(figures, told, strict=True):
            figure["alt"] = text


def _search_is_pagefind(app: Sphinx) -> None:
    app.builder.search = False  # Sphinx's own index finds no Chinese words


def _as_prose(_app: Sphinx, _what: str, _name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """Docstrings are prose: |x| is an absolute value and no substitution, what is set in after a colon stays as it is."""
    for i, line in enumerate(lines):
        if line.endswith(":") and lines[i + 1 : i + 2] == [""] and "".join(lines[i + 2 : i + 3]).startswith("    "):
            lines[i] += ":"
        elif not line.lstrip().startswith((">>>", "...")):
            parts = line.split("`")
            lines[i] = "`".join(p.replace("|", r"\|") if n % 2 == 0 else p for n, p in enumerate(parts))


def _no_path_of_this_machine(*event: object) -> tuple[str, object] | None:
    """A default that is a folder of the project is shown as seen from the project."""
    signature, returns = event[-2:]
    return (_PATH.sub(r"Path('\1')", signature), returns) if isinstance(signature, str) else None


def setup(app: Sphinx) -> None:
    app.connect("source-read", _contents)
    app.connect("doctree-resolved", _figures_are_told)
    app.connect("builder-inited", _search_is_pagefind)
    app.connect("autodoc-process-docstring", _as_prose)
    app.connect("autodoc-process-signature", _no_path_of_this_machine)
