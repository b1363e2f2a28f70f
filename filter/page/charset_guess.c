/* SPDX-License-Identifier: MIT
 *
 * charset_guess.c: weighs a declared encoding against the bytes.
 *
 * uchardet allocates at every guess: it is asked only where nothing is
 * declared, or the bytes contradict it, and they are not UTF-8. */
#include "page/charset_guess.h"

#include <string.h>

#include "page/detector.h"

/* Bytes above 0x7f that uchardet must see before its word counts: with fewer
 * it names at random. */
enum { GUESS_LEAST = 12 };

void guess_init(struct guess *g, struct convert *convert, struct err *err)
{
	g->detector = NULL;
	g->convert = convert;
	g->err = err;
}

static void drop_detector(struct guess *g)
{
	if (g->detector != NULL)
		detector_free(g->detector);
	g->detector = NULL;
}

void guess_free(struct guess *g)
{
	drop_detector(g);
}

static bool is_kind(enum encoding e, enum encoding_kind kind)
{
	return e != ENC_NONE && encoding_kind(e) == kind;
}

static size_t count_high(struct str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += (unsigned char)s.data[i] >= 0x80;
	return count;
}

/* Whether bytes are UTF-8 in spite of another label or of none.
 *
 * Text in an encoding of one byte hardly ever makes a good sequence, so one
 * without a bad one is enough. Two bytes of an East Asian encoding easily do
 * (a fifth of the common characters of GB 2312), but three hardly ever: there
 * one long sequence is asked for, or several. With bad sequences among them,
 * the good ones must be many: such pages are UTF-8, cut or mixed. */
static bool is_utf8(struct str look, enum encoding declared)
{
	struct utf8_count n = utf8_count(look.data, look.len);
	bool multi = is_kind(declared, ENCODING_MULTI);
	size_t good = n.two + n.more;

	if (declared == ENC_UTF_8)
		return good >= n.bad;
	if (n.bad == 0)
		return multi ? n.more > 0 || n.two >= 4 : good > 0;
	return n.more >= n.bad && good >= 10 * n.bad;
}

static enum pith_status discard(void *user, const char *data, size_t len)
{
	(void)user;
	(void)data;
	(void)len;
	return PITH_OK;
}

/* Count the bad sequences of bytes read in an encoding of several bytes. */
static enum pith_status count_bad(struct guess *g, struct str look,
				  enum encoding e, size_t *bad)
{
	struct clean *clean = g->convert->clean;
	enum pith_status status;

	clean_begin(&g->clean, discard, NULL);
	g->convert->clean = &g->clean;
	status = convert_begin(g->convert, e);
	if (status == PITH_OK)
		status = convert_feed(g->convert, look.data, look.len);
	g->convert->clean = clean;
	*bad = g->clean.bad;
	return status;
}

/* Feed the text that holds other than ASCII, without markup: the words of
 * tags and scripts look like English to uchardet. *count gets the number of
 * bytes above 0x7f. Returns uchardet's name for it; NULL without memory. */
static const char *ask_detector(struct uchardet *detector, struct str look,
				size_t *count)
{
	*count = 0;
	if (!detector_begin(detector))
		return NULL;
	for (size_t i = 0; i < look.len; i++) {
		struct str run = {look.data + i, 0};
		size_t high;

		while (i < look.len && look.data[i] != '<' &&
		       look.data[i] != '>')
			i++;
		run.len = (size_t)(look.data + i - run.data);
		high = count_high(run);
		if (high > 0 && (!detector_feed(detector, run) ||
				 !detector_feed(detector, STR("\n"))))
			return NULL;
		*count += high;
	}
	return detector_end(detector);
}

/* uchardet's names that are no WHATWG labels. */
static enum encoding by_detector(const char *name)
{
	static const struct {
		const char *name;
		enum encoding encoding;
	} others[] = {
	    {"UHC", ENC_EUC_KR},
	    {"MAC-CYRILLIC", ENC_X_MAC_CYRILLIC},
	    {"MAC-CENTRALEUROPE", ENC_NONE},
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(name, others[i].name) == 0)
			return others[i].encoding;
	return encoding_by_label((struct str){name, strlen(name)});
}

/* Whether characters of several bytes are likely: their bytes stand together,
 * while accented letters of Latin script stand alone. */
static bool has_pairs(struct str look)
{
	size_t high = 0, pairs = 0;

	for (size_t i = 1; i < look.len; i++) {
		if ((unsigned char)look.data[i] < 0x80)
			continue;
		high++;
		pairs += (unsigned char)look.data[i - 1] >= 0x80;
	}
	return pairs * 3 >= high;
}

/* uchardet does not tell the two Greek encodings apart where they differ: in
 * the letter alpha with tonos, which begins words, in 0x80 to 0x9f and in the
 * registered sign. */
static enum encoding greek(struct str look)
{
	size_t windows = 0, iso = 0;

	for (size_t i = 0; i + 1 < look.len; i++) {
		unsigned char b = (unsigned char)look.data[i];
		bool initial = (unsigned char)look.data[i + 1] >= 0xdc;

		windows +=
		    b == 0xa2 ? initial : (b >= 0x80 && b < 0xa0) || b == 0xae;
		iso += b == 0xb6 && initial;
	}
	return windows > iso ? ENC_WINDOWS_1253 : ENC_ISO_8859_7;
}

static enum pith_status detect(struct guess *g, struct str look,
			       enum encoding *out)
{
	const char *name = NULL;
	size_t count = 0;

	*out = ENC_WINDOWS_1252;
	if (g->detector == NULL)
		g->detector = detector_new();
	if (g->detector != NULL)
		name = ask_detector(g->detector, look, &count);
	if (name == NULL) {
		drop_detector(g);
		return err_set(g->err, PITH_CAUSE_MEMORY,
			       "no memory for uchardet");
	}
	if (count >= GUESS_LEAST) {
		enum encoding e = by_detector(name);

		if (e == ENC_ISO_8859_7 || e == ENC_WINDOWS_1253)
			*out = greek(look);
		else if (is_kind(e, ENCODING_SINGLE) ||
			 (is_kind(e, ENCODING_MULTI) && has_pairs(look)))
			*out = e;
	}
	return PITH_OK;
}

enum pith_status guess_encoding(struct guess *g, struct str look,
				const enum encoding declared[2],
				enum encoding *out)
{
	enum encoding first =
	    declared[0] != ENC_NONE ? declared[0] : declared[1];
	enum encoding best = ENC_NONE;
	enum pith_status status;
	size_t bad, least = SIZE_MAX;

	*out = ENC_UTF_8;
	if (is_utf8(look, first))
		return PITH_OK;
	*out = ENC_ISO_2022_JP;
	if (guess_is_iso_2022_jp(look))
		return PITH_OK;
	for (int i = 0; i < 2; i++) {
		*out = declared[i];
		if (is_kind(*out, ENCODING_SINGLE))
			return PITH_OK;
		if (!is_kind(*out, ENCODING_MULTI))
			continue;
		status = count_bad(g, look, *out, &bad);
		if (status != PITH_OK || bad <= 1 ||
		    bad * 20 <= count_high(look))
			return status;
		if (bad < least) {
			least = bad;
			best = *out;
		}
	}
	status = detect(g, look, out);
	if (status != PITH_OK || best == ENC_NONE ||
	    !is_kind(*out, ENCODING_MULTI))
		return status;
	status = count_bad(g, look, *out, &bad);
	if (bad >= least)
		*out = best;
	return status;
}

bool guess_is_iso_2022_jp(struct str look)
{
	const char *escape = look.data;
	const char *end = look.data + look.len;

	for (;; escape++) {
		escape = memchr(escape, 0x1b, (size_t)(end - escape));
		if (escape == NULL || end - escape < 3)
			return false;
		if (escape[1] == '$' && (escape[2] == 'B' || escape[2] == '@'))
			return true;
	}
}
