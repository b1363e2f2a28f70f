/* SPDX-License-Identifier: MIT
 *
 * plain_feature.h: the numbers a line of plain text is judged by, in one
 * table. Included by score/ and train/ only. */
#ifndef SCORE_PLAIN_FEATURE_H
#define SCORE_PLAIN_FEATURE_H

#include "score/plain_survey.h"

/* Of a neighbouring line. */
#define PLAIN_BESIDE(X, B, b)                                                  \
	X(B##_WORDS, b "_words")                                               \
	X(B##_LAST, b "_last")                                                 \
	X(B##_ODDS, b "_odds")                                                 \
	X(B##_UPPER, b "_upper")                                               \
	X(B##_TOPIC, b "_topic")

#define PLAIN_TABLE(X)                                                         \
	/* the line: its characters */                                         \
	X(WORDS, "words")                                                      \
	X(CHARS, "chars")                                                      \
	X(WORD_LENGTH, "word_length")                                          \
	X(CAPITALS, "capitals")                                                \
	X(UPPER, "upper")                                                      \
	X(DIGITS, "digits")                                                    \
	X(COMMAS, "commas")                                                    \
	X(ENDS, "ends")                                                        \
	X(SENTENCES, "sentences")                                              \
	X(SENTENCE_LENGTH, "sentence_length")                                  \
	X(QUOTES, "quotes")                                                    \
	X(BARS, "bars")                                                        \
	X(MONEY, "money")                                                      \
	X(MARKS, "marks")                                                      \
	X(OTHERS, "others")                                                    \
	X(YEARS, "years")                                                      \
	X(TRAILS, "trails")                                                    \
	X(FIRST, "first")                                                      \
	X(LAST, "last")                                                        \
	X(CASELESS, "caseless")                                                \
	/* … its place on the sheet */                                       \
	X(ROWS, "rows")                                                        \
	X(BULLET, "bullet")                                                    \
	X(INDENT, "indent")                                                    \
	X(GAP_BEFORE, "gap_before")                                            \
	X(GAP_AFTER, "gap_after")                                              \
	/* … its words: log-odds, as learned */                              \
	X(LABEL, "label")                                                      \
	X(FIRST_WORD, "first_word")                                            \
	X(FIRST_WORDS, "first_words")                                          \
	X(LAST_WORD, "last_word")                                              \
	X(LAST_WORDS, "last_words")                                            \
	X(LOW, "low")                                                          \
	X(HIGH, "high")                                                        \
	X(MEAN, "mean")                                                        \
	/* … and the others: shared words, the same text */                  \
	X(TOPIC, "topic")                                                      \
	X(ECHO, "echo")                                                        \
	X(TWINS, "twins")                                                      \
	X(TWIN_BEFORE, "twin_before")                                          \
	/* neighbours */                                                       \
	PLAIN_BESIDE(X, BEFORE, "before")                                      \
	PLAIN_BESIDE(X, AFTER, "after")                                        \
	PLAIN_BESIDE(X, BEFORE2, "before2")                                    \
	PLAIN_BESIDE(X, AFTER2, "after2")                                      \
	PLAIN_BESIDE(X, BEFORE3, "before3")                                    \
	PLAIN_BESIDE(X, AFTER3, "after3")                                      \
	/* four lines on each side, and twelve */                              \
	X(NEAR_WORDS, "near_words")                                            \
	X(NEAR_LONGS, "near_longs")                                            \
	X(NEAR_ODDS, "near_odds")                                              \
	X(NEAR_TOPIC, "near_topic")                                            \
	X(NEAR_TRAILS, "near_trails")                                          \
	X(NEAR_ENDS, "near_ends")                                              \
	X(NEAR_UPPERS, "near_uppers")                                          \
	X(WIDE_WORDS, "wide_words")                                            \
	X(WIDE_LONGS, "wide_longs")                                            \
	X(WIDE_ODDS, "wide_odds")                                              \
	/* the run of short lines around */                                    \
	X(RUN_LINES, "run_lines")                                              \
	X(RUN_BEFORE, "run_before")                                            \
	X(RUN_AFTER, "run_after")                                              \
	X(RUN_WORDS, "run_words")                                              \
	X(RUN_ODDS, "run_odds")                                                \
	X(RUN_TOPIC, "run_topic")                                              \
	X(RUN_LOW, "run_low")                                                  \
	X(LOW_BEFORE, "low_before")                                            \
	X(LOW_AFTER, "low_after")                                              \
	X(LOW_GAP, "low_gap")                                                  \
	X(SHADOW, "shadow")                                                    \
	/* long lines around */                                                \
	X(LONG_BEFORE, "long_before")                                          \
	X(LONG_AFTER, "long_after")                                            \
	X(SINCE_LONG, "since_long")                                            \
	X(UNTIL_LONG, "until_long")                                            \
	X(LONG_BEFORE_WORDS, "long_before_words")                              \
	X(LONG_AFTER_WORDS, "long_after_words")                                \
	/* place in the text */                                                \
	X(AT_LINE, "at_line")                                                  \
	X(AT_WORD, "at_word")                                                  \
	X(AT_LONG, "at_long")                                                  \
	X(FROM_START, "from_start")                                            \
	X(FROM_END, "from_end")                                                \
	X(LONGS_BEFORE, "longs_before")                                        \
	X(LONGS_AFTER, "longs_after")                                          \
	X(BODY_PLACE, "body_place")                                            \
	X(BODY_GAP, "body_gap")                                                \
	X(BODY_WORDS, "body_words")                                            \
	/* the text */                                                         \
	X(ALL_WORDS, "all_words")                                              \
	X(ALL_LINES, "all_lines")                                              \
	X(ALL_LONGS, "all_longs")                                              \
	X(ALL_LONG_LINES, "all_long_lines")                                    \
	X(ALL_LONG_MEAN, "all_long_mean")                                      \
	X(ALL_GAPS, "all_gaps")                                                \
	X(ALL_ODDS, "all_odds")                                                \
	X(ALL_TRAILS, "all_trails")                                            \
	X(ALL_ENDS, "all_ends")                                                \
	X(ALL_CASELESS, "all_caseless")                                        \
	X(ALL_WIDTH, "all_width")                                              \
	X(ALL_BODY, "all_body")

enum plain_feature {
#define PLAIN_ENUM(id, name) PLAIN_##id,
	PLAIN_TABLE(PLAIN_ENUM)
#undef PLAIN_ENUM
	    PLAIN_COUNT
};

/* Name of a feature: lower case, digits and underscores. */
const char *plain_feature_name(unsigned feature);

/* Set the PLAIN_COUNT features of a line. */
void plain_feature(const struct plain_survey *s, uint32_t line, float *row);

#endif
