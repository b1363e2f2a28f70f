/* SPDX-License-Identifier: MIT
 *
 * pointer.c: recognizes "Also read: …" by its phrase and its link. The phrases
 * are the few that stand before one title; what heads a list of them ("Related
 * posts") is the classifier's to know. */
#include "score/pointer.h"

#include <string.h>

#include "base/utf8.h"

enum { PHRASE_BYTES = 64, WORDS_MOST = 40, WORDS_LEAST = 3 };

static const char *const phrases[] = {
    "also read", "read also", "read more", "read next", "read this",
    "must read", "see also", "related", "related article", "related articles",
    "related reading", "related story", "related stories", "related post",
    "recommended", "recommended reading", "further reading", "more on this",
    "don't miss", "don’t miss",
    /* Arabic, Persian, Urdu, Hebrew */
    "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "بیشتر بخوانید", "یہ بھی پڑھیں",
    "קראו גם", "קרא עוד",
    /* Bengali, Hindi */
    "আরও পড়ুন", "यह भी पढ़ें", "ये भी पढ़ें",
    /* Chinese, Japanese, Korean */
    "相关阅读", "相关新闻", "延伸阅读", "推荐阅读", "延伸閱讀", "推薦閱讀",
    "関連記事", "あわせて読みたい", "관련기사", "관련 기사",
    /* Czech, Slovak, Polish, Croatian, Hungarian, Romanian */
    "čtěte také", "čtěte i", "přečtěte si také", "čítajte aj",
    "prečítajte si aj", "czytaj także", "czytaj też", "czytaj więcej",
    "zobacz też", "zobacz także", "przeczytaj także", "przeczytaj też",
    "pročitajte i", "olvassa el", "kapcsolódó cikk", "citește și", "citeşte şi",
    /* Danish, Norwegian, Swedish, Finnish */
    "læs også", "les også", "läs också", "läs även", "läs mer", "lue myös",
    /* Dutch, German */
    "lees ook", "lees meer", "lesen sie auch", "lies auch", "auch interessant",
    "mehr zum thema", "siehe auch", "zum thema",
    /* French, Italian, Portuguese, Spanish */
    "lire aussi", "à lire", "à lire aussi", "voir aussi", "leggi anche",
    "vedi anche", "leia também", "leia mais", "veja também", "saiba mais",
    "lea también", "lee también", "te puede interesar", "ver también",
    /* Greek, Russian, Ukrainian, Bulgarian */
    "διαβάστε επίσης", "διαβάστε ακόμα", "διαβάστε ακόμη", "δείτε επίσης",
    "читайте также", "читать также", "смотрите также", "по теме",
    "читайте також", "прочетете още", "вижте още",
    /* Indonesian, Turkish, Vietnamese */
    "baca juga", "ayrıca okuyun", "xem thêm", "đọc thêm"};

static bool is_phrase(const char *s, size_t len)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (strlen(phrases[i]) == len &&
		    memcmp(phrases[i], s, len) == 0)
			return true;
	return false;
}

static bool ends_phrase(uint32_t c)
{
	return c == ':' || c == 0xff1a /* ： */ || c == '>' || c == '|' ||
	       c == 0xbb /* » */ || c == 0x2013 || c == 0x2014 /* dashes */;
}

/* Where the first link of a block begins. */
static size_t link_start(const struct page *page, const struct block *b)
{
	for (uint32_t i = 0; i < b->span_count; i++) {
		const struct span *s = &page->spans[b->first_span + i];

		if (page->elems[s->elem].tag == TAG_A)
			return s->start;
	}
	return b->text.len;
}

bool pointer_block(const struct page *page, const struct block *b)
{
	char phrase[PHRASE_BYTES];
	size_t len = 0, at = 0, link;
	uint32_t c = 0;

	if (b->words < WORDS_LEAST || b->words > WORDS_MOST ||
	    b->link_chars * 2 < b->chars)
		return false;
	link = link_start(page, b);
	while (at < b->text.len && !ends_phrase(c)) {
		if (at == link && len > 0)
			break;
		at += utf8_decode(b->text.data + at, b->text.len - at, &c);
		if (ends_phrase(c) || (len == 0 && !utf8_is_word(c)))
			continue; /* pictures and marks stand before it too */
		if (len + 4 > sizeof(phrase))
			return false;
		len += utf8_put(utf8_lower(c), phrase + len);
	}
	while (len > 0 && phrase[len - 1] == ' ')
		len--;
	return at < b->text.len && is_phrase(phrase, len);
}
