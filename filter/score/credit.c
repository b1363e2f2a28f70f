/* SPDX-License-Identifier: MIT
 *
 * credit.c: recognizes lines beside a text by their first words. Words that may
 * as well begin a line of data ("Author", "Category", "Photo") or be an item of
 * a manual ("Edit", "Close") are in no list. */
#include "score/credit.h"

#include <string.h>

#include "base/utf8.h"
#include "score/phrase.h"

enum {
	CREDIT_WORDS = 14, /* with what it names */
	RIGHTS_WORDS = 40,
	BUTTON_WORDS = 4
};

/* What a colon ends. */
static const struct str names[] = {
    PHRASE("source"), PHRASE("sources"), PHRASE("tag"), PHRASE("tags"),
    PHRASE("tagged"), PHRASE("filed under"),
    /* Arabic, Persian, Hebrew */
    PHRASE("المصدر"), PHRASE("منبع"), PHRASE("מקור"),
    /* Chinese, Japanese, Korean; those who wrote and edited, too */
    PHRASE("来源"), PHRASE("來源"), PHRASE("资料来源"), PHRASE("資料來源"),
    PHRASE("文章来源"), PHRASE("稿源"), PHRASE("标签"), PHRASE("標籤"),
    PHRASE("关键词"), PHRASE("關鍵詞"), PHRASE("關鍵字"), PHRASE("作者"),
    PHRASE("编辑"), PHRASE("編輯"), PHRASE("责任编辑"), PHRASE("責任編輯"),
    PHRASE("责编"), PHRASE("出典"), PHRASE("タグ"), PHRASE("출처"),
    PHRASE("태그"),
    /* Czech, Slovak, Polish, Hungarian, Romanian */
    PHRASE("zdroj"), PHRASE("zdroje"), PHRASE("štítky"), PHRASE("źródło"),
    PHRASE("źródła"), PHRASE("tagi"), PHRASE("forrás"), PHRASE("címkék"),
    PHRASE("sursa"), PHRASE("etichete"),
    /* Danish, Norwegian, Swedish, Finnish, Dutch */
    PHRASE("kilde"), PHRASE("kilder"), PHRASE("källa"), PHRASE("källor"),
    PHRASE("taggar"), PHRASE("lähde"), PHRASE("lähteet"), PHRASE("bron"),
    PHRASE("bronnen"), PHRASE("trefwoorden"),
    /* German */
    PHRASE("quelle"), PHRASE("quellen"), PHRASE("schlagworte"),
    PHRASE("schlagwörter"),
    /* French, Italian, Portuguese, Spanish */
    PHRASE("étiquettes"), PHRASE("mots-clés"), PHRASE("fonte"), PHRASE("fonti"),
    PHRASE("fontes"), PHRASE("fuente"), PHRASE("fuentes"), PHRASE("etiquetas"),
    /* Greek, Turkish */
    PHRASE("πηγή"), PHRASE("πηγές"), PHRASE("ετικέτες"), PHRASE("kaynak"),
    PHRASE("etiketler"),
    /* Indonesian, Vietnamese */
    PHRASE("sumber"), PHRASE("nguồn"), PHRASE("từ khóa"),
    /* Russian, Ukrainian */
    PHRASE("источник"), PHRASE("источники"), PHRASE("по материалам"),
    PHRASE("теги"), PHRASE("тэги"), PHRASE("метки"), PHRASE("ключевые слова"),
    PHRASE("джерело"), PHRASE("джерела"), PHRASE("мітки")};

/* With what a line begins that reserves rights. */
static const struct str rights[] = {PHRASE("all rights reserved"),
				    PHRASE("alle rechte vorbehalten"),
				    PHRASE("alle rechten voorbehouden"),
				    PHRASE("tous droits réservés"),
				    PHRASE("todos los derechos"),
				    PHRASE("todos os direitos"),
				    PHRASE("tutti i diritti riservati"),
				    PHRASE("wszelkie prawa zastrzeżone"),
				    PHRASE("všechna práva vyhrazena"),
				    PHRASE("все права защищены"),
				    PHRASE("усі права захищені"),
				    PHRASE("με επιφύλαξη παντός"),
				    PHRASE("tüm hakları saklıdır"),
				    PHRASE("版权所有"),
				    PHRASE("版權所有"),
				    PHRASE("無断転載"),
				    PHRASE("무단전재"),
				    PHRASE("무단 전재"),
				    PHRASE("جميع الحقوق محفوظة")};

static const struct str buttons[] = {
    PHRASE("read more"), PHRASE("learn more"), PHRASE("see more"),
    PHRASE("view more"), PHRASE("show more"), PHRASE("load more"),
    PHRASE("more info"), PHRASE("more details"), PHRASE("view details"),
    PHRASE("view all"), PHRASE("see all"), PHRASE("show all"),
    PHRASE("continue reading"), PHRASE("read full story"),
    PHRASE("read the full article"), PHRASE("back to top"),
    PHRASE("skip to content"), PHRASE("skip to main content"),
    PHRASE("advertisement"), PHRASE("advertisements"), PHRASE("sponsored"),
    PHRASE("sponsored content"), PHRASE("share this"),
    PHRASE("share this article"), PHRASE("share this post"), PHRASE("pin it"),
    PHRASE("leave a comment"), PHRASE("add a comment"),
    PHRASE("post a comment"), PHRASE("add to cart"), PHRASE("add to basket"),
    PHRASE("add to wishlist"), PHRASE("add to compare"), PHRASE("quick view"),
    PHRASE("follow us"),
    /* Arabic, Hebrew */
    PHRASE("إعلان"), PHRASE("اقرأ المزيد"), PHRASE("פרסומת"), PHRASE("קרא עוד"),
    /* Chinese, Japanese, Korean */
    PHRASE("广告"), PHRASE("廣告"), PHRASE("阅读全文"), PHRASE("閱讀全文"),
    PHRASE("查看更多"), PHRASE("点击查看"), PHRASE("分享到"),
    PHRASE("返回顶部"), PHRASE("広告"), PHRASE("続きを読む"),
    PHRASE("もっと見る"), PHRASE("광고"), PHRASE("더보기"),
    /* Czech, Polish, Hungarian, Romanian */
    PHRASE("reklama"), PHRASE("číst dál"), PHRASE("číst více"),
    PHRASE("czytaj dalej"), PHRASE("czytaj więcej"), PHRASE("zobacz więcej"),
    PHRASE("hirdetés"), PHRASE("tovább olvasom"), PHRASE("citește mai mult"),
    /* Danish, Norwegian, Swedish, Finnish, Dutch */
    PHRASE("annonce"), PHRASE("annons"), PHRASE("annonse"), PHRASE("læs mere"),
    PHRASE("les mer"), PHRASE("läs mer"), PHRASE("mainos"), PHRASE("lue lisää"),
    PHRASE("advertentie"), PHRASE("lees meer"), PHRASE("lees verder"),
    /* German */
    PHRASE("anzeige"), PHRASE("werbung"), PHRASE("weiterlesen"),
    PHRASE("mehr lesen"), PHRASE("mehr erfahren"), PHRASE("mehr anzeigen"),
    /* French, Italian, Portuguese, Spanish */
    PHRASE("publicité"), PHRASE("lire la suite"), PHRASE("lire plus"),
    PHRASE("en savoir plus"), PHRASE("voir plus"), PHRASE("pubblicità"),
    PHRASE("leggi tutto"), PHRASE("leggi di più"), PHRASE("continua a leggere"),
    PHRASE("publicidade"), PHRASE("leia mais"), PHRASE("saiba mais"),
    PHRASE("ler mais"), PHRASE("publicidad"), PHRASE("leer más"),
    PHRASE("ver más"), PHRASE("seguir leyendo"),
    /* Greek, Turkish */
    PHRASE("διαφήμιση"), PHRASE("διαβάστε περισσότερα"), PHRASE("περισσότερα"),
    PHRASE("reklam"), PHRASE("devamını oku"), PHRASE("daha fazla"),
    /* Indonesian, Vietnamese */
    PHRASE("iklan"), PHRASE("baca selengkapnya"), PHRASE("quảng cáo"),
    PHRASE("xem thêm"), PHRASE("đọc tiếp"),
    /* Russian, Ukrainian */
    PHRASE("реклама"), PHRASE("читать далее"), PHRASE("читать полностью"),
    PHRASE("подробнее"), PHRASE("читати далі"), PHRASE("детальніше")};

static bool is_colon(uint32_t c)
{
	return c == ':' || c == 0xff1a /* ： */;
}

/* Take a word off the front of a text, and white space behind it. */
static bool take(struct str *text, struct str word)
{
	size_t at = word.len;

	if (text->len < at ||
	    !str_equal_nocase((struct str){text->data, at}, word))
		return false;
	while (at < text->len && ascii_space(text->data[at]))
		at++;
	*text = (struct str){text->data + at, text->len - at};
	return true;
}

/* "Copyright © …", "© …", "Copyright 2012 …"; "(c)" alone may count clauses. */
static bool is_notice(struct str text)
{
	static const struct str word = {"copyright", 9}, c = {"(c)", 3},
				sign = {"\xc2\xa9", 2};
	bool named = take(&text, word);

	if (take(&text, sign))
		return true;
	named |= take(&text, c);
	return named && text.len >= 4 && ascii_digit(text.data[0]) &&
	       ascii_digit(text.data[3]);
}

/* Letters with which phrases that reserve rights begin. */
static bool may_reserve(struct str text)
{
	return (text.data[0] & 0x80) || strchr("aAtTwW", text.data[0]) != NULL;
}

/* Lines, and not what has a place in a table or a list of terms. */
static bool is_line(const struct block *b)
{
	switch (b->kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_ITEM:
	case BLOCK_CAPTION:
	case BLOCK_CONTROL:
		return b->quotes == 0;
	default:
		return false;
	}
}

/* What ends a name, near the start of a text. */
static bool has_colon(struct str text)
{
	size_t near = text.len < PHRASE_BYTES ? text.len : PHRASE_BYTES;

	return memchr(text.data, ':', near) != NULL ||
	       memmem(text.data, near, "\xef\xbc\x9a", 3) != NULL;
}

static struct str words_of(const struct phrase_start *start)
{
	return (struct str){start->data, start->words};
}

bool credit_block(const struct block *b)
{
	struct phrase_start start;

	if (!is_line(b) || b->words > RIGHTS_WORDS)
		return false;
	if (is_notice(b->text))
		return true;
	if (may_reserve(b->text)) {
		phrase_read(b->text, NULL, &start);
		if (phrase_begins(words_of(&start), rights,
				  PHRASE_COUNT(rights)))
			return true;
	}
	if (b->words > CREDIT_WORDS || !has_colon(b->text))
		return false;
	phrase_read(b->text, is_colon, &start);
	return start.ended &&
	       phrase_is_in(words_of(&start), names, PHRASE_COUNT(names)) &&
	       utf8_has_word(b->text.data + start.at, b->text.len - start.at);
}

bool credit_is_button(const struct block *b)
{
	struct phrase_start start;

	if (!is_line(b) || b->words > BUTTON_WORDS)
		return false;
	phrase_read(b->text, NULL, &start);
	return start.at == b->text.len &&
	       phrase_is_in(words_of(&start), buttons, PHRASE_COUNT(buttons));
}
