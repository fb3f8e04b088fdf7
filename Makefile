# run, test and lab first make the locked environment (.venv); a second run reuses it.
PYTHON ?= python3
export UV_COMPILE_BYTECODE = 1
export PYTHONUTF8 = 1
SEED = seeds/henan-county-economy-2020.txt
BIN = .venv/bin
LAB_SETTINGS = .venv/share/jupyter/lab/settings

.PHONY: run test lab chinese report preview site record review tidy lock clean

run: .venv/ready
	$(BIN)/python -m helpers $(SEED) --to data/tables
	$(BIN)/python notebooks/execute.py

# Where there is a Chromium it drives the notebooks too; BROWSER=0 leaves that out, BROWSER=1 insists on it.
test: export BROWSER := $(BROWSER)
test: .venv/ready
	$(BIN)/python -m pytest

# No news pop-up, table of contents at the left; kept inside .venv, the user's own settings stay and win.
# make chinese: the same, its menus in Chinese.
lab chinese: export JUPYTERLAB_WORKSPACES_DIR = .venv/lab-workspaces
lab chinese: .venv/ready
	mkdir -p $(LAB_SETTINGS)/overrides.d
	cp notebooks/lab/overrides.json $(LAB_SETTINGS)/
	$(if $(filter chinese,$@),cp notebooks/lab/chinese.json $(LAB_SETTINGS)/overrides.d/,rm -f $(LAB_SETTINGS)/overrides.d/chinese.json)
	$(BIN)/jupyter lab workspaces import --name=reading notebooks/lab/workspace.json
	$(BIN)/jupyter lab --LabApp.default_url=/lab/workspaces/reading $(LAB)

# make report TEXT=path/to/text: notebook 07 on a text of yours, into reports/<its name>/. TABLES=folder: with tables
# of it that you changed elsewhere; without it, those in reports/ are taken over.
report: .venv/ready
	$(BIN)/python notebooks/report.py "$(TEXT)" "$(TABLES)"

# About what GitHub shows of notebooks and Markdown, in build/preview: HTML, and pictures in both themes by Chromium.
preview: .venv/ready
	$(BIN)/python notebooks/preview.py

# The pages that reviewers read, in build/site: from the committed outputs, nothing is executed.
site: .venv/ready
	$(BIN)/python site/build.py

# The page for sceptics, measured again: what this repository alone can measure.
record: .venv/ready
	$(BIN)/python data/reference/make_pd1998.py
	$(BIN)/python benchmarks/record.py --here

# Once in a clone, for those who change things: checks before each commit, and differences of notebooks by cell.
review: .venv/ready
	$(BIN)/pre-commit install
	git config diff.jupyternotebook.command '"$(CURDIR)/$(BIN)/git-nbdiffdriver" diff --ignore-details'
	git config merge.jupyternotebook.name 'notebooks by cell'
	git config merge.jupyternotebook.driver '"$(CURDIR)/$(BIN)/git-nbmergedriver" merge %O %A %B %L %P'

# Code, cells and notebooks in their normal form; says what is left to do.
tidy: .venv/ready
	-$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet
	-$(BIN)/ruff check --fix --quiet --config notebooks/cells.toml notebooks
	$(BIN)/ruff format --quiet --config notebooks/cells.toml notebooks
	-$(BIN)/python notebooks/execute.py --only-tidy

# The stamp is written last, so an interrupted set-up is made again.
.venv/ready: requirements.lock pyproject.toml notebooks/lab/ipython_kernel_config.py
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	mkdir -p .venv/etc/ipython
	cp notebooks/lab/ipython_kernel_config.py .venv/etc/ipython/
	touch .venv/ready

# After a change of the dependencies in pyproject.toml.
lock:
	$(BIN)/uv export --quiet --all-extras --no-emit-project --no-header --format requirements-txt --output-file requirements.lock
	rm -f uv.lock

clean:
	rm -rf .venv build *.egg-info
