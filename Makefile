# pyshim: build, try, test, install. `make help` lists the targets.
#
#   PROFILE=dev        the quick build (target/debug) instead of the release
#   REFERENCE=DIR      a real CPython 3.14 to compare with (make check, make bench)
#   BENCH="--rounds N --areas 'A B'"   what make bench passes on (benches/run --help)
#   PREFIX, DESTDIR    where make install puts things (default /usr/local)

PROFILE   ?= release
PREFIX    ?= /usr/local
DESTDIR   ?=
REFERENCE ?=
CARGO     ?= cargo
CC        ?= gcc

version   := 3.14
soname    := libpython$(version).so.1.0
target    := $(or $(CARGO_TARGET_DIR),target)
ifeq ($(PROFILE),release)
  out      := $(target)/release
  cargo    := $(CARGO) build --release --locked
else
  out      := $(target)/debug
  cargo    := $(CARGO) build --locked
endif
build     := $(CURDIR)/build
# A release is copied; the quick build is linked to, so that a plain `cargo build` shows at once.
ifeq ($(PROFILE),release)
  put = [ ! -L $(2) ] || rm $(2); cmp -s $(1) $(2) || install -m 755 $(1) $(2)
else
  put = ln -sfn $(abspath $(1)) $(2)
endif

export CC REFERENCE PROFILE

.PHONY: all lib demo check bench headers stress wheels install uninstall clean fmt lint help
.DEFAULT_GOAL := all

all: lib  ## the library, its headers, the tool and the pkg-config files, under build/
	@echo "build/lib/$(soname)  build/include/python$(version)/  build/bin/pyshim  build/lib/pkgconfig/"

# Cargo knows what is up to date; so this runs each time and copies what has changed.
lib:
	$(cargo)
	@mkdir -p build/lib/pkgconfig build/include build/bin
	@$(call put,$(out)/libpyshim.so,build/lib/$(soname))
	@ln -sfn $(soname) build/lib/libpython$(version).so
	@ln -sfn $(soname) build/lib/libpython3.so
	@$(call put,$(out)/pyshim,build/bin/pyshim)
	@mkdir -p build/include/python$(version) && cp -Rup include/. build/include/python$(version)/
	@for file in pkgconfig/*.pc.in; do [ -e "$$file" ] || continue; \
	    $(call fill,$(build)) "$$file" >"build/lib/pkgconfig/$$(basename "$$file" .in)"; done

# @prefix@ and the like in pkgconfig/*.pc.in
fill = sed -e 's|@prefix@|$(1)|g' -e 's|@exec_prefix@|$(1)|g' -e 's|@libdir@|$(1)/lib|g' \
    -e 's|@includedir@|$(1)/include|g' -e 's|@version@|$(version)|gI'

demo: lib  ## builds and runs the examples, then calls a module from PyPI
	@examples/run

check: lib  ## every test; with REFERENCE=DIR also against a real CPython 3.14
	@c_tests/check

bench: lib  ## the benchmark; with REFERENCE=DIR beside a real CPython 3.14, into benches/RESULTS.md
	@benches/run $(if $(REFERENCE),--output benches/RESULTS.md) $(BENCH)

headers:  ## writes the generated prototypes to include/ again
	PYSHIM_WRITE_HEADERS=1 $(CARGO) check

stress: lib  ## make stress SECONDS=60: threads and interpreters that come and go; and with REPEAT=200 the threaded tests so often
	@STRESS_SHOW=1 STRESS_SECONDS="$(or $(SECONDS),60)" TIMEOUT=$$(( $(or $(SECONDS),60) + 60 )) c_tests/run --combo ours-ours ext_stress; status=$$?; \
	    cat build/tests/ours-ours/test_ext_stress.err; exit $$status
	@[ -z "$(REPEAT)" ] || c_tests/repeat -n "$(REPEAT)"

wheels: lib  ## make wheels DIR=... [PACKAGES="..."] [TARGETS=FILE]: calls into unpacked wheels, against a table of results
	@c_tests/wheels/run "$(DIR)" $(PACKAGES)

install: lib  ## library, headers, tool, pkg-config files and licence under DESTDIR PREFIX
	install -d "$(DESTDIR)$(PREFIX)/lib/pkgconfig" "$(DESTDIR)$(PREFIX)/bin" \
	    "$(DESTDIR)$(PREFIX)/include/python$(version)" "$(DESTDIR)$(PREFIX)/share/licenses/pyshim"
	install -m 755 build/lib/$(soname) "$(DESTDIR)$(PREFIX)/lib/$(soname)"
	ln -sfn $(soname) "$(DESTDIR)$(PREFIX)/lib/libpython$(version).so"
	ln -sfn $(soname) "$(DESTDIR)$(PREFIX)/lib/libpython3.so"
	install -m 755 build/bin/pyshim "$(DESTDIR)$(PREFIX)/bin/pyshim"
	cp -R include/. "$(DESTDIR)$(PREFIX)/include/python$(version)/"
	for file in pkgconfig/*.pc.in; do [ -e "$$file" ] || continue; \
	    $(call fill,$(PREFIX)) "$$file" >"$(DESTDIR)$(PREFIX)/lib/pkgconfig/$$(basename "$$file" .in)"; done
	install -m 644 LICENSE "$(DESTDIR)$(PREFIX)/share/licenses/pyshim/LICENSE"

uninstall:  ## takes away what make install put there
	rm -f "$(DESTDIR)$(PREFIX)/lib/$(soname)" "$(DESTDIR)$(PREFIX)/lib/libpython$(version).so" \
	    "$(DESTDIR)$(PREFIX)/lib/libpython3.so" "$(DESTDIR)$(PREFIX)/bin/pyshim"
	for file in pkgconfig/*.pc.in; do rm -f "$(DESTDIR)$(PREFIX)/lib/pkgconfig/$$(basename "$$file" .in)"; done
	cd include && find . -type f -exec rm -f "$(DESTDIR)$(PREFIX)/include/python$(version)/{}" \;
	-find "$(DESTDIR)$(PREFIX)/include/python$(version)" -type d -empty -delete
	rm -rf "$(DESTDIR)$(PREFIX)/share/licenses/pyshim"

clean:  ## removes build/ and cargo's target
	rm -rf build
	$(CARGO) clean

fmt:  ## formats the Rust sources
	$(CARGO) fmt

lint:  ## clippy, with warnings as errors; and no line of the sources is longer than 120 characters
	$(CARGO) clippy --all-targets --locked -- -D warnings
	@! grep -rnE --include='*.rs' '^.{121,}' src buildscript build.rs

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done
	@sed -n 's/^#   /  /p' Makefile
