# SPDX-License-Identifier: MIT
# rules.mk: the rules that learn from DATA and score over it. Included by the
# Makefile, whose variables it uses.

#: make accuracy   score the program over DATA; make train: learn from it
#: make metadata   score its titles, authors and dates over DATA

TRAIN   := $(patsubst train/%.c,$(BUILD)/%,$(wildcard train/*.c))

.PHONY: tools accuracy metadata train train-plain

tools: $(TRAIN) $(BENCH)
$(BUILD)/%: train/%.c $(BUILD)/parts.a
	$(COMPILE) $(LDFLAGS) -o $@ $< $(BUILD)/parts.a $(LDLIBS_EXE)

accuracy: all
	python3 train/accuracy.py --data $(DATA) --pith $(BUILD)/pith
metadata: all
	python3 train/metadata.py --data $(DATA) --pith $(BUILD)/pith
train train-plain: $(addprefix $(BUILD)/,inspect align flatten lines)
	$(or $(PYTHON),python3) train/$(@:train-%=%).py --data $(DATA) --tools $(BUILD) --out $(or $(OUT),filter/score/$(if $(filter train,$@),model,plain).inc) $(if $(filter train,$@),$(OWN:%=--own %))

-include $(TRAIN:=.d)
