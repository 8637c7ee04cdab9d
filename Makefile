# The one door: bare « make » prints what there is.
.DEFAULT_GOAL := help
.PHONY: help run install quick test check lint format types contracts core lock clean-var peers bench-concerns bench-helpline bench-public bench-walls bench-observatory bench-engines spark walls faults faults-sample public-screens whole clocks bare

PYTHON ?= python3
BIN := .venv/bin
# A process that has nothing left takes tests from another: those of the browser begin in one.
PYTEST_ARGS ?= -n auto --dist worksteal
# Compiled once, and not at the start of each of our processes.
unexport PYTHONDONTWRITEBYTECODE

help: ## Affiche cette aide
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{ printf "%-25s %s\n", $$1, $$2 }'

run: ## Installe le nécessaire, prépare tout et sert http://127.0.0.1:8000 ; Ctrl-C arrête tout
	@$(PYTHON) scripts/bootstrap.py run && exec $(BIN)/fanal up

install: ## Installe tout, outils de développement compris
	@$(PYTHON) scripts/bootstrap.py dev
	@$(MAKE) --no-print-directory --silent $(IDENTITY)

# The provider of identity that the tests speak with; nothing of it is in the product.
IDENTITY := tests/identity/node_modules/.package-lock.json
$(IDENTITY): tests/identity/package-lock.json
	@cd $(@D)/.. && ../../$(BIN)/npm ci --silent --no-fund --no-audit && touch node_modules/.package-lock.json

# The loops of the engines, compiled before anybody waits for them; a run of the tests asks for them
# when it tries an engine that is not proved yet.
COMPILED := .venv/kernels-compiled
$(COMPILED): $(shell find src/fanal/engines -path '*/kernels/*.py')
	@$(BIN)/python scripts/compile_kernels.py && touch $@

quick: install ## Ce qui ne demande ni base ni navigateur, à chaque enregistrement
	$(BIN)/ruff check .
	FANAL_TESTS=quick $(BIN)/python -m pytest $(PYTEST_ARGS)

test: install ## Lance toute la suite de tests, navigateur compris
	$(BIN)/python -m pytest $(PYTEST_ARGS)

whole: install $(COMPILED) ## Lance toute la suite sans échantillon : chaque écran de toutes les façons, chaque tirage jusqu’au bout
	FANAL_TESTS=whole $(BIN)/python -m pytest $(PYTEST_ARGS)

clocks: install ## Lance toute la suite à chaque heure : minuit, changements d’heure, 29 février, réveillon, outre-mer
	$(BIN)/python tests/clocks.py -m pytest $(PYTEST_ARGS)

check: lint types contracts core test faults-sample ## Tout ce que l'intégration continue vérifie

lint: install ## Style du code et des gabarits
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint src/fanal/templates --lint --quiet

format: install ## Remet le code en forme
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: install ## Types (mypy strict)
	$(BIN)/mypy

contracts: install ## Étages, dépendances déclarées
	$(BIN)/lint-imports
	$(BIN)/deptry src

core: ## Éprouve ce que « make run » installe, sans extra ni outil : modules, base, démonstration, pages (AGAIN=1 : à nouveau)
	@$(PYTHON) scripts/bootstrap.py run && $(PYTHON) scripts/core $(if $(AGAIN),--again)

lock: install ## Recalcule requirements/ : versions et empreintes, sans adresse
	$(call compile,--extra demo,run)
	$(call compile,--extra demo --extra population --extra disclosure --extra clustering --extra placement --extra linkage --extra waiting --extra dsfr --group dev,dev)
	$(call compile,--extra demo --extra population --extra disclosure --extra clustering --extra placement --extra linkage --extra waiting --extra dsfr --extra spark --group dev --group peers,peers)
	cd requirements && ../$(BIN)/uv pip compile installer.in --universal --python-version 3.11 \
		--generate-hashes --no-header -q -o installer.txt

compile = $(BIN)/uv pip compile pyproject.toml $(1) --universal --python-version 3.11 \
	--generate-hashes --no-header -q -o requirements/$(2).txt

clean-var: ## Efface les données locales (démonstration et tests)
	@$(BIN)/python -m fanal.config.postgres.cleaning

bench-concerns: install ## Mesure la liste des informations préoccupantes, 10 000 chargées
	$(BIN)/python benchmarks/concerns.py

bench-helpline: install ## Mesure l’écoute (direct à 2 400 connexions, traces, horaires, codes), et écrit docs/helpline/measured/<date>.md
	$(BIN)/python benchmarks/helpline.py

bench-public: install ## Mesure l’accueil public (recherche, débit, promesses), et écrit docs/public/measured/<date>.md
	@command -v wrk >/dev/null || { echo "La mesure du débit a besoin de wrk : apt install wrk" >&2; exit 1; }
	$(BIN)/python benchmarks/public.py

bench-walls: install ## Mesure ce que coûtent décision, cloisonnement et traces sur la même liste
	$(BIN)/python benchmarks/walls.py

bench-observatory: peers ## Mesure les deux moteurs de l'observatoire, et écrit docs/observatory/<date>.md
	$(BIN)/python benchmarks/observatory.py

bench-engines: peers ## Mesure les trois moteurs (qui, quoi, où), et écrit docs/engines/measured/<date>.md
	$(BIN)/python benchmarks/three_engines.py

spark: peers ## Vérifie que Spark rend ce que rend un seul processus (il faut Java 17)
	$(BIN)/python benchmarks/spark.py

# What the engines are measured against, beside them.
peers: install
	@$(PYTHON) scripts/bootstrap.py peers

public-screens: install ## Éprouve chaque page publique, dans chaque état, sur les deux thèmes, et écrit docs/accessibilite/<date>.md
	PYTHONPATH=src:tests $(BIN)/python -m browser.whole

walls: install ## Éprouve tout le cloisonnement, en entier, et écrit docs/walls/<date>.md
	PYTHONPATH=src:tests $(BIN)/python -m walls.whole

faults: install ## Commet chaque faute de la liste, une à une, et vérifie que la suite la voit (ONE=nom pour une seule) ; écrit docs/faults/<date>.md
	@PYTHONPATH=tests $(BIN)/python -m house.faults $(if $(ONE),--one "$(ONE)")

# Others at each commit: the whole list is tried in turn, for what a few cost.
faults-sample: install
	@PYTHONPATH=tests $(BIN)/python -m house.faults --sample 3

bare: ## Éprouve les deux commandes sur des systèmes nus, et écrit docs/bare/<date>.md
	@$(PYTHON) scripts/bare.py $(BARE_ARGS)
