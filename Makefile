# run, test and lab first make the locked environment (.venv); a second run reuses it.
PYTHON ?= python3
export UV_COMPILE_BYTECODE = 1
export PYTHONUTF8 = 1
SEED = seeds/henan-county-economy-2020.txt
BIN = .venv/bin

.PHONY: run test lab chinese report site record review tidy lock clean

run: .venv/ready
	$(BIN)/python -m helpers $(SEED) --to data/tables
	$(BIN)/python notebooks/execute.py

# In CI, and with BROWSER=1, a real browser (Chromium) drives the notebooks too.
test: export BROWSER := $(BROWSER)
test: .venv/ready
	$(BIN)/python -m pytest

# No news pop-up, table of contents at the left; kept inside .venv, the user's own settings stay and win.
lab: export JUPYTERLAB_WORKSPACES_DIR = .venv/lab-workspaces
lab: .venv/ready
	mkdir -p .venv/share/jupyter/lab/settings
	cp notebooks/lab/overrides.json .venv/share/jupyter/lab/settings/
	$(BIN)/jupyter lab workspaces import --name=reading notebooks/lab/workspace.json
	$(BIN)/jupyter lab --LabApp.default_url=/lab/workspaces/reading $(LAB)

# make chinese: JupyterLab's menus in Chinese, chosen under Settings, Language. Not locked: a convenience.
chinese: .venv/ready
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet jupyterlab-language-pack-zh-CN==4.5.post3

# make report TEXT=path/to/text: notebook 07 on a text of yours, into reports/<its name>/.
report: .venv/ready
	$(BIN)/python notebooks/report.py "$(TEXT)"

# The pages that reviewers read, in build/site: from the committed outputs, nothing is executed.
site: .venv/ready
	$(BIN)/python site/build.py

# The page for sceptics, measured again: what this repository alone can measure.
record: .venv/ready
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
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch .venv/ready

# After a change of the dependencies in pyproject.toml.
lock:
	$(BIN)/uv export --quiet --all-extras --no-emit-project --no-header --format requirements-txt --output-file requirements.lock
	rm -f uv.lock

clean:
	rm -rf .venv build *.egg-info
