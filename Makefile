# The README's two commands are `make demo` and `make test`; both need only Swift 6.2 or newer and, on Debian or
# Ubuntu, apt. Elsewhere scripts/require-packages says what to install.
SWIFT ?= swift
OUT ?= out
# Where `make install` puts program, completions and manual page; DESTDIR stands in front, for packages.
PREFIX ?= /usr/local
DESTDIR ?=
# For example --static-swift-stdlib, for a program that runs where there is no Swift.
BUILD_FLAGS ?=
# Four numbers at a time where this machine can; not in a program that is built for others. Results are the same to the last bit.
CPU_FLAGS ?= $(if $(BUILD_FLAGS)$(DESTDIR),,$(shell grep -qsm1 '^flags.* avx2 ' /proc/cpuinfo && echo -Xcc -mavx2))

.PHONY: help demo install test test-page test-reference compare-epanet bench bench-ci fuzz refusals sanitize dependencies readme docs build packages clean

help:
	@echo "make demo                    balance the example district networks/gaowan, results in $(OUT)/"
	@echo "make install PREFIX=DIR      program, completions and manual page (BUILD_FLAGS=--static-swift-stdlib for other machines)"
	@echo "make test                    build and run every test"
	@echo "make test-page               the report in headless Chromium, which is installed where it is missing (400 MB)"
	@echo "make test-reference DATA=DIR also run the suite over a folder of reference data"
	@echo "make compare-epanet          solve the networks of EPANET's Python packages beside EPANET itself"
	@echo "make bench                   run all benchmarks beside EPANET, pandapipes and CHOLMOD (BENCH=... passes options)"
	@echo "make bench-ci                fail where iterations, instructions or allocations have grown"
	@echo "make fuzz                    fuzz readers and solvers by coverage (FUZZ=\"SECONDS SUBJECT...\", 60 s each)"
	@echo "make refusals                run the program on every bad file: no crash, no hang, little memory"
	@echo "make dependencies            list dependencies with licences and write a bill of materials"
	@echo "make sanitize                run every test under the address, thread and undefined behaviour sanitizers"
	@echo "make readme                  put what make demo says into README.md"
	@echo "make docs                    write what documents show anew: format reference, schema, output of commands"
	@echo "make build                   release build; the program is .build/release/equitherm"

# The design day, then the coldest day, on which the source is too small and has to be shared.
demo: build
	.build/release/equitherm balance networks/gaowan --out $(OUT)/gaowan
	@echo
	.build/release/equitherm balance networks/gaowan --outdoor -17 --out $(OUT)/gaowan-coldest-day

install: build
	@scripts/require-packages python3
	@scripts/install "$(abspath $(PREFIX))" "$(DESTDIR)"

test: packages
	$(SWIFT) test --disable-xctest --parallel

# `make test` runs these too where a Chromium is there, and says that it left them out where none is.
test-page: packages
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || scripts/require-packages chromium fonts-noto-cjk
	$(SWIFT) test --disable-xctest --filter BrowserTests

test-reference: packages
	@test -n "$(DATA)" || { echo "say where the reference data is: make test-reference DATA=folder" >&2; exit 64; }
	EQUITHERM_REFERENCE="$(abspath $(DATA))" $(SWIFT) test --disable-xctest --parallel --filter 'Reference|HardCases'

compare-epanet: build
	scripts/compare-epanet --binary .build/release/equitherm --write docs/epanet-comparison.md

bench: build
	benchmarks/bench $(BENCH)

# Against benchmarks/expected.json, which counts instructions of a program that any machine can run.
bench-ci: CPU_FLAGS :=
bench-ci: build
	benchmarks/ci-check $(BENCH)

fuzz: packages
	scripts/fuzz $(FUZZ)

refusals: build
	scripts/refusals .build/release/equitherm

dependencies: build
	scripts/bill-of-materials $(OUT)/equitherm.cdx.json

sanitize: packages
	scripts/sanitize

readme: build
	scripts/refresh-readme

docs: packages
	EQUITHERM_UPDATE_SCHEMA=1 EQUITHERM_UPDATE_DOCS=1 $(SWIFT) test --disable-xctest --filter 'SchemaTests|FormatReferenceTests|DocumentationTests'
	scripts/check-docc

build: packages
	$(SWIFT) build --configuration release --product equitherm $(CPU_FLAGS) $(BUILD_FLAGS)

packages:
	@scripts/require-packages liblapack-dev liblapacke-dev libopenblas-dev libsuitesparse-dev libssl-dev libsqlite3-dev libxlsxwriter-dev libzip-dev libexpat1-dev pkg-config

clean:
	rm -rf .build
