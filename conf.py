"""How the site is built: configuration only. Code is in `_ext/` and `src/`."""

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
    "dlcv_sphinx",
]
# Named one by one: the repository holds other Markdown, such as the roots of tests.
include_patterns = ["index.md", "modules/*.md"]
exclude_patterns = ["readme.png"]  # the README's picture is no part of the site
nitpicky = True
# Figures and formulas are numbered within their module.
numfig = True
numfig_secnum_depth = 1
numfig_format = {"figure": "Figure %s"}
math_numfig = True
math_eqref_format = "formula {number}"

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_update_mathjax = False  # formulas are MathML; it would mark every build's options as changed
bibtex_bibfiles = ["modules/references.bib"]
bibtex_default_style = "alpha"
bibtex_reference_style = "author_year"
sd_tabs_storage_prefix = ""  # else who ended on Summary starts each module there

dlcv_categories = [
    "Foundations",
    "Training",
    "Computer Vision",
    "CNN Architectures",
    "Detection",
    "Segmentation and Recognition",
    "Generative",
    "Sequence and Language",
    "Vision Transformers and Graphs",
    "Library",
]

html_theme = "furo"
html_math_renderer = "mathml"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["tokens.css", "site.css"]
html_copy_source = False
html_secnumber_suffix = " "
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
