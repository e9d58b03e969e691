# One verb a line; `make` alone lists them. The environment in .venv is made when a verb needs it,
# from PYTHON (3.11 or newer).
PYTHON ?= python3
PY     := .venv/bin/python
SPHINX := $(PY) -m sphinx -n -W --keep-going -T -j 2 -d _build/doctrees
# An environment is ready for one lock: the stamp's name is the lock's checksum.
SITE   := .venv/ready-site-$(shell cksum < requirements/site.txt | tr ' ' -)
DEV    := .venv/ready-dev-$(shell cksum < requirements/dev.txt | tr ' ' -)
LOCK   := .venv/bin/uv pip compile -q pyproject.toml --extra sphinx --universal --python-version 3.11 \
          --fork-strategy fewest --generate-hashes --no-emit-package dlcv-viz --no-annotate \
          --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help html pdf epub live test lint types fix check linkcheck clean clean-figures lock new-module bench

help: ## list the verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

html: $(SITE) ## draw the figures and build the site
	@$(SPHINX) -b html . _build/html
	@echo "Open $(CURDIR)/_build/html/index.html"

pdf: $(SITE) ## build the site as a book (needs LaTeX)
	@.ci/tool latex > /dev/null
	@$(SPHINX) -b latex . _build/latex
	@cd _build/latex && LATEXOPTS= latexmk -xelatex -quiet -interaction=nonstopmode -halt-on-error dlcv.tex
	@echo "Open $(CURDIR)/_build/latex/dlcv.pdf"

epub: $(SITE) ## build the site as an e-book
	@$(SPHINX) -b epub . _build/epub
	@echo "Open $(CURDIR)/_build/epub/DLCV.epub"

live: $(DEV) ## build again on every change, and serve the site
	@$(PY) -m sphinx_autobuild -n --re-ignore '^$(CURDIR)/(_build|\.|.*__pycache__)' -d _build/doctrees . _build/html

test: $(DEV) ## run all tests (a part: make test ARGS="-m 'not slow and not browser'")
	@.ci/tool chromium install || true
	@.ci/tool epubcheck install || true
	@.ci/tool vnu install || true
	@$(PY) -m pytest -n 2 $(ARGS)

lint: $(DEV) ## find what the style forbids
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: $(DEV) ## check the types
	@$(PY) -m mypy

fix: $(DEV) ## mend what can be mended by a machine
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

check: lint types html test ## everything that CI runs

linkcheck: $(SITE) ## follow every link that leaves the site
	@$(SPHINX) -b linkcheck . _build/linkcheck

clean: ## delete the built site; drawn figures stay
	@rm -rf _build/html _build/latex _build/epub _build/doctrees _build/linkcheck

clean-figures: $(SITE) ## delete the drawn figures that no page uses
	@$(PY) -m dlcv_viz prune

lock: $(DEV) ## write the lock files anew (newer packages: make lock ARGS=--upgrade)
	@$(LOCK) $(ARGS) --group site -o requirements/site.txt
	@$(LOCK) $(ARGS) --group dev -c requirements/site.txt -o requirements/dev.txt

new-module: $(SITE) ## start a module: make new-module ID=my-topic
	@$(PY) .ci/new_module.py "$(ID)"

bench: $(DEV) ## measure the figure engine against its peers (20 minutes)
	@$(PY) bench/run.py $(ARGS)

$(SITE):
	@PYTHON="$(PYTHON)" .ci/environment site

$(DEV):
	@PYTHON="$(PYTHON)" .ci/environment dev
