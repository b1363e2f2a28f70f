/* SPDX-License-Identifier: MIT
 *
 * pointer.c: recognizes "Also read: …" by its phrase and its link. The phrases
 * are the few that stand before one title; what heads a list of them ("Related
 * posts") is the classifier's to know. */
#include "score/pointer.h"

#include "base/utf8.h"
#include "score/phrase.h"

enum { WORDS_MOST = 40, WORDS_LEAST = 3 };

static const struct str phrases[] = {
    PHRASE("also read"), PHRASE("read also"), PHRASE("read more"),
    PHRASE("read next"), PHRASE("read this"), PHRASE("must read"),
    PHRASE("see also"), PHRASE("related"), PHRASE("related article"),
    PHRASE("related articles"), PHRASE("related reading"),
    PHRASE("related story"), PHRASE("related stories"), PHRASE("related post"),
    PHRASE("recommended"), PHRASE("recommended reading"),
    PHRASE("further reading"), PHRASE("more on this"), PHRASE("don't miss"),
    PHRASE("don’t miss"),
    /* Arabic, Persian, Urdu, Hebrew */
    PHRASE("اقرأ أيضا"), PHRASE("اقرأ أيضاً"), PHRASE("إقرأ أيضا"),
    PHRASE("بیشتر بخوانید"), PHRASE("یہ بھی پڑھیں"), PHRASE("קראו גם"),
    PHRASE("קרא עוד"),
    /* Bengali, Hindi */
    PHRASE("আরও পড়ুন"), PHRASE("यह भी पढ़ें"), PHRASE("ये भी पढ़ें"),
    /* Chinese, Japanese, Korean */
    PHRASE("相关阅读"), PHRASE("相关新闻"), PHRASE("延伸阅读"),
    PHRASE("推荐阅读"), PHRASE("延伸閱讀"), PHRASE("推薦閱讀"),
    PHRASE("関連記事"), PHRASE("あわせて読みたい"), PHRASE("관련기사"),
    PHRASE("관련 기사"),
    /* Czech, Slovak, Polish, Croatian, Hungarian, Romanian */
    PHRASE("čtěte také"), PHRASE("čtěte i"), PHRASE("přečtěte si také"),
    PHRASE("čítajte aj"), PHRASE("prečítajte si aj"), PHRASE("czytaj także"),
    PHRASE("czytaj też"), PHRASE("czytaj więcej"), PHRASE("zobacz też"),
    PHRASE("zobacz także"), PHRASE("przeczytaj także"),
    PHRASE("przeczytaj też"), PHRASE("pročitajte i"), PHRASE("olvassa el"),
    PHRASE("kapcsolódó cikk"), PHRASE("citește și"), PHRASE("citeşte şi"),
    /* Danish, Norwegian, Swedish, Finnish */
    PHRASE("læs også"), PHRASE("les også"), PHRASE("läs också"),
    PHRASE("läs även"), PHRASE("läs mer"), PHRASE("lue myös"),
    /* Dutch, German */
    PHRASE("lees ook"), PHRASE("lees meer"), PHRASE("lesen sie auch"),
    PHRASE("lies auch"), PHRASE("auch interessant"), PHRASE("mehr zum thema"),
    PHRASE("siehe auch"), PHRASE("zum thema"),
    /* French, Italian, Portuguese, Spanish */
    PHRASE("lire aussi"), PHRASE("à lire"), PHRASE("à lire aussi"),
    PHRASE("voir aussi"), PHRASE("leggi anche"), PHRASE("vedi anche"),
    PHRASE("leia também"), PHRASE("leia mais"), PHRASE("veja também"),
    PHRASE("saiba mais"), PHRASE("lea también"), PHRASE("lee también"),
    PHRASE("te puede interesar"), PHRASE("ver también"),
    /* Greek, Russian, Ukrainian, Bulgarian */
    PHRASE("διαβάστε επίσης"), PHRASE("διαβάστε ακόμα"),
    PHRASE("διαβάστε ακόμη"), PHRASE("δείτε επίσης"), PHRASE("читайте также"),
    PHRASE("читать также"), PHRASE("смотрите также"), PHRASE("по теме"),
    PHRASE("читайте також"), PHRASE("прочетете още"), PHRASE("вижте още"),
    /* Indonesian, Turkish, Vietnamese */
    PHRASE("baca juga"), PHRASE("ayrıca okuyun"), PHRASE("xem thêm"),
    PHRASE("đọc thêm")};

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
	struct str text = b->text;
	struct phrase_start start;
	size_t link;

	if (b->words < WORDS_LEAST || b->words > WORDS_MOST ||
	    b->link_chars * 2 < b->chars)
		return false;
	link = link_start(page, b);
	if (utf8_has_word(text.data, link))
		text.len = link;
	phrase_read(text, ends_phrase, &start);
	if (start.at == b->text.len || (start.at < text.len && !start.ended))
		return false;
	while (start.len > 0 && start.data[start.len - 1] == ' ')
		start.len--;
	return phrase_is_in((struct str){start.data, start.len}, phrases,
			    PHRASE_COUNT(phrases));
}
