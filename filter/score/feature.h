/* SPDX-License-Identifier: MIT
 *
 * feature.h: the numbers a block is judged by, in one table. Included by
 * score/ and train/ only. */
#ifndef SCORE_FEATURE_H
#define SCORE_FEATURE_H

#include "score/survey.h"

/* Of the element N block-level elements above the innermost one. */
#define FEATURES_UP(X, N)                                                      \
	X(UP##N##_WORDS, "up" #N "_words", "words in the element " #N " up")   \
	X(UP##N##_LINKS, "up" #N "_links", "share of them in links")           \
	X(UP##N##_LONGS, "up" #N "_longs", "share of them in long text")       \
	X(UP##N##_BLOCKS, "up" #N "_blocks", "blocks in it")                   \
	X(UP##N##_WEIGHT, "up" #N "_weight", "its weight over the best one")   \
	X(UP##N##_SHORTS, "up" #N "_shorts", "share of its blocks short")      \
	X(UP##N##_LOW, "up" #N "_low", "worst log-odds of its own tokens")     \
	X(UP##N##_HIGH, "up" #N "_high", "best log-odds of its own tokens")    \
	X(UP##N##_TAG, "up" #N "_tag", "its tag, by rank of usual content")

/* Of a set of blocks that look alike. */
#define FEATURES_GROUP(X, G, g, what)                                          \
	X(G##_SHARE, g "_share", "share of the page's words with " what)       \
	X(G##_BLOCKS, g "_blocks", "blocks with " what)                        \
	X(G##_LINKS, g "_links", "share of their words in links")              \
	X(G##_LONGS, g "_longs", "share of their words in long text")          \
	X(G##_MEAN, g "_mean", "mean words of them")                           \
	X(G##_SPAN, g "_span", "share of the page between first and last")

/* Of a neighbouring block. */
#define FEATURES_BESIDE(X, B, b, what)                                         \
	X(B##_WORDS, b "_words", "words of " what)                             \
	X(B##_LINKS, b "_links", "share of its words in links")                \
	X(B##_SAME, b "_same", "levels up to the element shared with " what)   \
	X(B##_ALIKE, b "_alike", "2: same tags and classes, 1: same tags")     \
	X(B##_KIND, b "_kind", "kind of " what)                                \
	X(B##_LABEL, b "_label", "log-odds of the label " what " is")          \
	X(B##_END, b "_end", what " ends a sentence")

/* Of an anchor, the element that holds most of something. */
#define FEATURES_ANCHOR(X, A, a, what)                                         \
	X(A##_DOWN, a "_down", "steps down to " what " from common ground")    \
	X(A##_UP, a "_up", "steps up to the common ground with " what)         \
	X(A##_PLACE, a "_place", "-1 before, 0 inside, 1 after " what)         \
	X(A##_GAP, a "_gap", "words between the block and " what)

#define FEATURE_TABLE(X)                                                       \
	/* the text */                                                         \
	X(WORDS, "words", "words")                                             \
	X(CHARS, "chars", "characters without white space")                    \
	X(WORD_LENGTH, "word_length", "characters a word")                     \
	X(LINK_SHARE, "link_share", "share of characters in links")            \
	X(PLAIN_WORDS, "plain_words", "words outside of links")                \
	X(UPPER, "upper", "upper case letters a character")                    \
	X(DIGITS, "digits", "digits a character")                              \
	X(COMMAS, "commas", "commas a word")                                   \
	X(COMMA_COUNT, "comma_count", "commas")                                \
	X(ENDS, "ends", "sentence marks a word")                               \
	X(SENTENCES, "sentences", "sentences that end")                        \
	X(SENTENCE_LENGTH, "sentence_length", "words a sentence")              \
	X(QUOTES, "quotes", "quotation marks a word")                          \
	X(BARS, "bars", "separators such as | and » a word")                   \
	X(MONEY, "money", "currency signs")                                    \
	X(MARKS, "marks", "signs @ # and copyright")                           \
	X(OTHERS, "others", "other signs a character")                         \
	X(YEARS, "years", "years, as numbers")                                 \
	X(LINES, "lines", "line breaks")                                       \
	X(TRAILS, "trails", "ends in an ellipsis")                             \
	X(FIRST, "first", "class of the first character")                      \
	X(LAST, "last", "class of the last character")                         \
	X(CASELESS, "caseless", "share of letters of scripts without case")    \
	X(LABEL, "label", "log-odds of a short text, as learned")              \
	X(OPENING_LABEL, "opening_label", "log-odds of the first two words")   \
	X(OPENING3_LABEL, "opening3_label", "log-odds of the first three")     \
	X(LINK_COUNT, "link_count", "links")                                   \
	X(LINK_WORDS, "link_words", "words a link")                            \
	X(EMPHASIS, "emphasis", "share in b, strong, em, i")                   \
	X(IMAGES, "images", "images in the text")                              \
	X(INLINE, "inline", "inline elements a word")                          \
	X(TITLE_OF, "title_of", "share of the page title's words")             \
	X(IN_TITLE, "in_title", "share of its words that the title has")       \
	X(IN_ABOUT, "in_about", "share of them that the description has")      \
	X(FROM_HEADLINE, "from_headline", "words since the headline")          \
	X(HEADLINE_SAME, "headline_same", "levels up to share it")             \
	X(LINK_LOW, "link_low", "worst log-odds of a link's tokens")           \
	X(LINK_HIGH, "link_high", "best log-odds of a link's tokens")          \
	X(TWINS, "twins", "blocks with the same text")                         \
	X(TWIN_BEFORE, "twin_before", "the same text came before")             \
	/* the block in the tree */                                            \
	X(TAG, "tag", "innermost block-level tag, by rank")                    \
	X(KIND, "kind", "kind of block")                                       \
	X(LEVEL, "level", "level of heading or list")                          \
	X(DEPTH, "depth", "elements above")                                    \
	X(LISTS, "lists", "lists around")                                      \
	X(BREAKS, "breaks", "cut off by two br")                               \
	X(FIRST_IN_ITEM, "first_in_item", "first of its list item")            \
	X(HIDDEN, "hidden", "hidden or display:none")                          \
	X(ARIA_HIDDEN, "aria_hidden", "aria-hidden")                           \
	X(IN_NAV, "in_nav", "inside nav")                                      \
	X(IN_ASIDE, "in_aside", "inside aside")                                \
	X(IN_FOOTER, "in_footer", "inside footer")                             \
	X(IN_HEADER, "in_header", "inside header")                             \
	X(IN_MAIN, "in_main", "inside main")                                   \
	X(IN_ARTICLE, "in_article", "inside article")                          \
	X(IN_FORM, "in_form", "inside a form")                                 \
	X(IN_FIGURE, "in_figure", "inside a figure")                           \
	X(IN_TABLE, "in_table", "inside a table")                              \
	X(IN_NOSCRIPT, "in_noscript", "inside noscript")                       \
	X(IN_DIALOG, "in_dialog", "inside dialog or details")                  \
	X(IN_ADDRESS, "in_address", "inside address")                          \
	X(IN_QUOTE, "in_quote", "inside a blockquote")                         \
	X(IN_LINK, "in_link", "inside a link")                                 \
	/* what names say */                                                   \
	X(LOW_NEAR, "low_near", "worst log-odds of tokens up to 3 up")         \
	X(HIGH_NEAR, "high_near", "best log-odds of tokens up to 3 up")        \
	X(LOW_FAR, "low_far", "worst log-odds of tokens further up")           \
	X(HIGH_FAR, "high_far", "best log-odds of tokens further up")          \
	X(SUM_NEAR, "sum_near", "sum of worst and best, up to 3 up")           \
	X(SUM_ALL, "sum_all", "sum of worst and best over all ancestors")      \
	X(MEAN_ALL, "mean_all", "that sum over ancestors with a known token")  \
	X(LOW_INSIDE, "low_inside", "worst log-odds below anchor most")        \
	X(INLINE_LOW, "inline_low", "worst log-odds below the block level")    \
	/* containers */                                                       \
	X(BEST_ABOVE, "best_above", "best weight above over the page's best")  \
	FEATURES_UP(X, 0)                                                      \
	FEATURES_UP(X, 1)                                                      \
	FEATURES_UP(X, 2)                                                      \
	FEATURES_UP(X, 3)                                                      \
	FEATURES_UP(X, 4)                                                      \
	FEATURES_UP(X, 6)                                                      \
	FEATURES_ANCHOR(X, MOST, "most", "the holder of 70 % of long text")    \
	FEATURES_ANCHOR(X, HALF, "half", "the holder of 52 % of long text")    \
	FEATURES_ANCHOR(X, NEARLY, "nearly", "the holder of 90 %")             \
	FEATURES_ANCHOR(X, HEAVY, "heavy", "the heaviest element")             \
	X(SECTION_WORDS, "section_words", "words of the section around")       \
	X(SECTION_LINKS, "section_links", "share of them in links")            \
	X(SECTION_SHARE, "section_share", "share of the page's long text")     \
	X(ARTICLE_SHARE, "article_share", "words over the largest article's")  \
	X(CARD_ALIKE, "card_alike", "siblings alike of the card around")       \
	X(CARD_WORDS, "card_words", "words of the card")                       \
	X(CARD_LINKS, "card_links", "share of them in links")                  \
	X(CARD_LONGS, "card_longs", "share of them in long text")              \
	X(CARD_UP, "card_up", "steps up to the card")                          \
	X(SHELF_ALIKE, "shelf_alike", "siblings alike of the outermost card")  \
	X(SHELF_WORDS, "shelf_words", "words of the outermost card")           \
	X(SHELF_LINKS, "shelf_links", "share of them in links")                \
	X(SHELF_SHARE, "shelf_share", "share of page words in its parent")     \
	X(CARD_LINKED, "card_linked", "share of its blocks that are links")    \
	X(CARD_HEADINGS, "card_headings", "headings in the card")              \
	X(CARD_ORDER, "card_order", "place among the siblings alike")          \
	X(CARD_SIZE, "card_size", "words over those of the largest sibling")   \
	X(SHELF_ORDER, "shelf_order", "place of the outermost card")           \
	X(SHELF_SIZE, "shelf_size", "its words over its largest sibling's")    \
	X(CARD_SHARE, "card_share", "share of page words in card's parent")    \
	/* groups */                                                           \
	FEATURES_GROUP(X, PATH, "path", "the same tags above")                 \
	FEATURES_GROUP(X, CLASS, "class", "the same tags and classes above")   \
	/* neighbours */                                                       \
	FEATURES_BESIDE(X, BEFORE, "before", "the block before")               \
	FEATURES_BESIDE(X, AFTER, "after", "the block after")                  \
	FEATURES_BESIDE(X, BEFORE2, "before2", "the second block before")      \
	FEATURES_BESIDE(X, AFTER2, "after2", "the second block after")         \
	X(WINDOW_WORDS, "window_words", "words of 4 blocks on each side")      \
	X(WINDOW_LINKS, "window_links", "share of them in links")              \
	X(WINDOW_LONGS, "window_longs", "share of them in long text")          \
	X(LONG_BEFORE, "long_before", "words since the long block before")     \
	X(LONG_AFTER, "long_after", "words until the long block after")        \
	X(LONG_BEFORE_SAME, "long_before_same", "levels up to share it")       \
	X(LONG_AFTER_SAME, "long_after_same", "levels up to share it")         \
	X(HEAD_LEVEL, "head_level", "level of the heading before")             \
	X(HEAD_LABEL, "head_label", "log-odds of the heading before")          \
	X(HEAD_WORDS, "head_words", "words since that heading")                \
	X(HEAD_SAME, "head_same", "levels up to share that heading")           \
	X(HEAD_LINKS, "head_links", "share in links of text under it")         \
	X(HEAD_LONGS, "head_longs", "share in long text of text under it")     \
	X(HEAD_NEXT, "head_next", "words until the next heading")              \
	/* place */                                                            \
	X(AT_BLOCK, "at_block", "share of blocks before")                      \
	X(AT_WORD, "at_word", "share of words before")                         \
	X(AT_LONG, "at_long", "share of long text before")                     \
	X(FROM_BODY, "from_body", "words before")                              \
	X(FROM_H1, "from_h1", "words since the first h1, less than 0 before")  \
	X(H1_SAME, "h1_same", "levels up to share the first h1")               \
	X(FROM_LONG, "from_long", "blocks since the first long one")           \
	/* the page */                                                         \
	X(PAGE_WORDS, "page_words", "words of the page")                       \
	X(PAGE_BLOCKS, "page_blocks", "blocks of the page")                    \
	X(PAGE_LINKS, "page_links", "share of words in links")                 \
	X(PAGE_LONGS, "page_longs", "share of words in long text")             \
	X(PAGE_LONG_WORDS, "page_long_words", "words in long text")            \
	X(PAGE_BEST, "page_best", "best weight")                               \
	X(PAGE_MOST, "page_most", "share of words in the most anchor")         \
	X(PAGE_MOST_LINKS, "page_most_links", "its share of words in links")   \
	X(PAGE_MOST_DEPTH, "page_most_depth", "its depth over heavy's")        \
	X(PAGE_HEAVY, "page_heavy", "share of words in the heaviest element")  \
	X(PAGE_ARTICLES, "page_articles", "article elements")                  \
	X(PAGE_LARGEST, "page_largest", "share of words in the largest one")   \
	X(PAGE_FORMS, "page_forms", "forms")                                   \
	X(PAGE_INPUTS, "page_inputs", "inputs and buttons")                    \
	X(PAGE_IMAGES, "page_images", "images")                                \
	X(PAGE_HEADINGS, "page_headings", "headings")                          \
	X(PAGE_ITEMS, "page_items", "share of blocks in lists")                \
	X(PAGE_SHORTS, "page_shorts", "share of blocks short")                 \
	X(PAGE_SENTENCE, "page_sentence", "words a sentence")                  \
	X(PAGE_MONEY, "page_money", "blocks with prices")                      \
	X(PAGE_CARDS, "page_cards", "share of words in cards")                 \
	X(PAGE_TYPE, "page_type", "what og:type says")                         \
	X(PAGE_HEADLINE, "page_headline", "how well the headline fits")

enum feature {
#define FEATURE_ENUM(id, name, meaning) FEATURE_##id,
	FEATURE_TABLE(FEATURE_ENUM)
#undef FEATURE_ENUM
	    FEATURE_COUNT
};

/* Name of a feature: lower case, digits and underscores. */
const char *feature_name(unsigned feature);

/* What it says, in a few words. */
const char *feature_meaning(unsigned feature);

/* Number of the feature of that name; FEATURE_COUNT if there is none. */
unsigned feature_find(struct str name);

/* The features of all blocks that are of the page: FEATURE_COUNT numbers, of
 * which only the page's are set. */
void feature_page(const struct survey *s, float *row);

/* Set the features of one block in a row that has the page's. */
void feature_block(const struct survey *s, uint32_t block, float *row);

#endif
