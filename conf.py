"""How the site is built: configuration only. Code is in `_ext/` and `src/`."""

import os

project = "DLCV"
html_title = "DLCV"
author = "The DLCV authors"
copyright = "The DLCV authors; text and pictures CC BY 4.0, code BSD 3-Clause"
version = release = "0.1.0"
language = "en"

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinxcontrib.bibtex",
    "notfound.extension",
    "sphinx_sitemap",
    "dlcv_sphinx",
]
# Named one by one: the repository holds other Markdown, such as the roots of tests.
include_patterns = ["index.md", "modules/*.md", "reference/*.md"]
# Folders in which nothing is looked for; the README's picture is no part of the site.
exclude_patterns = ["_build", ".venv", ".git", "src", "tests", "bench", "readme.png"]
nitpicky = True
# Figures and formulas are numbered within their module.
numfig = True
numfig_secnum_depth = 1
# With a no-break space: name and number stay on one line.
numfig_format = {"figure": "Figure\N{NO-BREAK SPACE}%s", "example": "Example\N{NO-BREAK SPACE}%s"}
math_numfig = True
math_eqref_format = "Formula\N{NO-BREAK SPACE}{number}"

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_update_mathjax = False  # formulas are MathML; it would mark every build's options as changed
bibtex_bibfiles = ["reference/bibliography.bib"]
bibtex_default_style = "alpha"
bibtex_reference_style = "author_year"
sd_tabs_storage_prefix = ""  # else who ended on Summary starts each module there

primary_domain = "dlcv"  # pages write {module} and {formula}
dlcv_card = "social_card.card"
dlcv_budget = {"first-view": 150, "in-all": 350, "script": 30, "frame": 1}
dlcv_tabs = ["Overview", "Key Concepts", "Visualization", "Math", "Applications", "Summary"]
dlcv_categories = [
    "Foundations",
    "Training",
    "Computer Vision",
    "CNN Architectures",
    "Detection",
    "Segmentation and Recognition",
    "Sequence and Language",
    "Generative",
    "Vision Transformers and Graphs",
    "Library",
]

html_theme = "furo"
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "https://dlcv.readthedocs.io/en/latest/")
sitemap_url_scheme = "{link}"  # the address has language and version
sitemap_excludes = ["search.html", "genindex.html", "404.html"]
html_math_renderer = "mathml"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["tokens.css", "site.css"]
html_copy_source = False
html_secnumber_suffix = " "
dlcv_bundle = True
_furo_roles = {
    "color-brand-primary": "var(--brand)",
    "color-brand-content": "var(--brand)",
    "color-brand-visited": "var(--brand)",
    "color-background-primary": "var(--ground)",
    "color-background-secondary": "var(--surface)",
    "color-background-hover": "var(--sunken)",
    "color-background-border": "var(--line)",
    "color-foreground-primary": "var(--ink)",
    "color-foreground-secondary": "var(--muted)",
    "color-foreground-muted": "var(--muted)",
    "color-foreground-border": "var(--edge)",
    "color-sidebar-item-background--current": "var(--brand-soft)",
    "color-inline-code-background": "var(--sunken)",
    "font-stack": "var(--font-text)",
    "font-stack--monospace": "var(--font-code)",
}
html_theme_options = {
    "light_logo": "wordmark-light.svg",
    "dark_logo": "wordmark-dark.svg",
    "sidebar_hide_name": True,
    # The tokens know both themes: furo gets their names, not their values.
    "light_css_variables": _furo_roles,
    "dark_css_variables": _furo_roles,
}

# Two at a time and a second try: half of the links lead to arxiv.org, which slows who hurries.
linkcheck_workers = 2
linkcheck_retries = 2
linkcheck_ignore = [
    r"https://mitpress\.mit\.edu/",  # shows robots a riddle, with status 403
]

latex_engine = "xelatex"
latex_documents = [("index", "dlcv.tex", project, author, "manual")]
latex_docclass = {"manual": "book"}
latex_elements = {
    "papersize": "a4paper",
    "pointsize": "11pt",
    "extraclassoptions": "openany",
    "fncychap": "",
    "figure_align": "H",  # text and picture of a lesson keep their order
    "makeindex": "",  # an index would list what the glossary has in order already
    "printindex": "",
    "preamble": r"""
\usepackage{unicode-math} % knows a double-struck 1, as in the indicator function
\setmathfont{texgyretermes-math.otf}
\setcounter{secnumdepth}{0} % modules are numbered, as on the site
% Sphinx collects the references in a chapter of its own, after the page that lists them.
\makeatletter
\renewenvironment{sphinxthebibliography}[1]
  {\let\chapter\@gobbletwo\let\@mkboth\@gobbletwo\begin{thebibliography}{#1}}
  {\end{thebibliography}}
\makeatother
""",
}

epub_title = "DLCV: How does a machine learn to see?"
epub_description = "Deep learning and computer vision, from the first neuron on."
epub_contributor = author
epub_identifier = "https://dlcv.readthedocs.io/"
epub_scheme = "URL"
epub_uid = "dlcv"
epub_css_files = ["ebook.css"]
epub_tocscope = "includehidden"  # the start page hides its toctree
epub_tocdup = False
epub_use_index = False
epub_show_urls = "no"  # links can be followed
