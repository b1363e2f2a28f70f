/* SPDX-License-Identifier: MIT
 *
 * label.c: recognizes labels by lists of phrases. Words that may as well be
 * the heading of a chapter ("News", "Related", "Discussion", "Replies") are in
 * none. */
#include "score/label.h"

#include <string.h>

#include "base/utf8.h"
#include "score/phrase.h"

/* What several comments are called. */
static const struct str many[] = {
    PHRASE("comments"), PHRASE("responses"), PHRASE("reactions"),
    PHRASE("reader comments"), PHRASE("user comments"),
    /* Arabic, Hebrew, Persian */
    PHRASE("تعليقات"), PHRASE("التعليقات"), PHRASE("תגובות"), PHRASE("نظرات"),
    PHRASE("دیدگاه ها"),
    /* Chinese, Japanese, Korean */
    PHRASE("评论"), PHRASE("評論"), PHRASE("条评论"), PHRASE("條評論"),
    PHRASE("网友评论"), PHRASE("網友評論"), PHRASE("網友留言"),
    PHRASE("コメント"), PHRASE("件のコメント"), PHRASE("댓글"),
    PHRASE("개의 댓글"),
    /* Croatian, Serbian, Slovenian, Bulgarian */
    PHRASE("komentari"), PHRASE("komentara"), PHRASE("komentarji"),
    PHRASE("коментари"), PHRASE("коментара"),
    /* Czech, Slovak, Polish */
    PHRASE("komentáře"), PHRASE("komentářů"), PHRASE("komentáre"),
    PHRASE("komentárov"), PHRASE("komentarze"), PHRASE("komentarzy"),
    PHRASE("opinie"), PHRASE("opinii"),
    /* Danish, Norwegian, Swedish, Finnish */
    PHRASE("kommentarer"), PHRASE("kommentit"), PHRASE("kommenttia"),
    /* Dutch, German */
    PHRASE("reacties"), PHRASE("kommentare"),
    /* French, Italian, Portuguese, Romanian, Spanish, Catalan */
    PHRASE("commentaires"), PHRASE("commenti"), PHRASE("comentários"),
    PHRASE("comentarii"), PHRASE("comentarios"), PHRASE("comentaris"),
    /* Greek, Hungarian, Turkish */
    PHRASE("σχόλια"), PHRASE("hozzászólások"), PHRASE("yorumlar"),
    /* Hindi, Bengali, Thai */
    PHRASE("टिप्पणियाँ"), PHRASE("टिप्पणियां"), PHRASE("মন্তব্য"),
    PHRASE("ความคิดเห็น"),
    /* Indonesian, Vietnamese */
    PHRASE("komentar"), PHRASE("bình luận"),
    /* Russian, Ukrainian */
    PHRASE("комментарии"), PHRASE("комментариев"), PHRASE("коментарі"),
    PHRASE("коментарів")};

/* And one, or some of a number, where a number says so. */
static const struct str one[] = {
    PHRASE("comment"),	   PHRASE("response"),	  PHRASE("reaction"),
    PHRASE("thought"),	   PHRASE("thoughts"),	  PHRASE("comentario"),
    PHRASE("comentário"),  PHRASE("commentaire"), PHRASE("commento"),
    PHRASE("comentariu"),  PHRASE("comentari"),	  PHRASE("kommentar"),
    PHRASE("kommentti"),   PHRASE("reactie"),	  PHRASE("komentarz"),
    PHRASE("komentář"),	   PHRASE("komentár"),	  PHRASE("коментар"),
    PHRASE("комментарий"), PHRASE("комментария"), PHRASE("yorum"),
    PHRASE("hozzászólás"), PHRASE("σχόλιο"),	  PHRASE("टिप्पणी")};

/* Numbers, once digits are one 0. */
static const struct str numbers[] = {
    PHRASE("0"),     PHRASE("no"),   PHRASE("one"), PHRASE("two"),
    PHRASE("three"), PHRASE("four"), PHRASE("five")};

/* What may come before those. */
static const struct str leads[] = {
    PHRASE("all"),    PHRASE("read"),	 PHRASE("view"),    PHRASE("see"),
    PHRASE("show"),   PHRASE("the"),	 PHRASE("your"),    PHRASE("user"),
    PHRASE("reader"), PHRASE("readers"), PHRASE("visitor"), PHRASE("alle"),
    PHRASE("ihre"),   PHRASE("die"),	 PHRASE("les"),	    PHRASE("vos"),
    PHRASE("tous"),   PHRASE("los"),	 PHRASE("tus"),	    PHRASE("os"),
    PHRASE("i"),      PHRASE("gli"),	 PHRASE("wasze"),   PHRASE("все"),
    PHRASE("ваши")};

/* What follows a number in the East. */
static const struct str counters[] = {PHRASE("件"), PHRASE("个"), PHRASE("個"),
				      PHRASE("条"), PHRASE("條"), PHRASE("개")};

/* What may come after, to lead to a form. */
static const struct str tails[] = {
    PHRASE("add a comment"), PHRASE("leave a comment"),
    PHRASE("post a comment"), PHRASE("write a comment"), PHRASE("add comment")};

/* Between a number of comments and what they are about. */
static const struct str about[] = {PHRASE("to"), PHRASE("on"), PHRASE("so far"),
				   PHRASE("read them below")};
static const struct str about_what[] = {PHRASE("comment"),  PHRASE("comments"),
					PHRASE("response"), PHRASE("responses"),
					PHRASE("reaction"), PHRASE("reactions"),
					PHRASE("thought"),  PHRASE("thoughts")};

/* Other texts than this one. */
static const struct str others[] = {
    PHRASE("related articles"), PHRASE("related article"),
    PHRASE("related stories"), PHRASE("related story"), PHRASE("related posts"),
    PHRASE("related post"), PHRASE("related news"), PHRASE("related content"),
    PHRASE("related topics"), PHRASE("related links"),
    PHRASE("related reading"), PHRASE("related coverage"),
    PHRASE("related videos"), PHRASE("you may also like"),
    PHRASE("you might also like"), PHRASE("you may also be interested in"),
    PHRASE("you might be interested in"),
    PHRASE("you might also be interested in"), PHRASE("more stories"),
    PHRASE("more news"), PHRASE("more articles"), PHRASE("more on this story"),
    PHRASE("more on this topic"), PHRASE("more on this"),
    PHRASE("more like this"), PHRASE("latest news"), PHRASE("latest articles"),
    PHRASE("latest posts"), PHRASE("latest stories"), PHRASE("recent posts"),
    PHRASE("recent articles"), PHRASE("recent news"), PHRASE("recent stories"),
    PHRASE("recommended for you"), PHRASE("recommended reading"),
    PHRASE("recommended stories"), PHRASE("recommended articles"),
    PHRASE("most read"), PHRASE("most viewed"), PHRASE("most shared"),
    PHRASE("popular posts"), PHRASE("popular articles"), PHRASE("trending now"),
    PHRASE("top stories"), PHRASE("top news"), PHRASE("editors picks"),
    PHRASE("editors pick"), PHRASE("also read"), PHRASE("read next"),
    PHRASE("up next"), PHRASE("what to read next"), PHRASE("dont miss"),
    PHRASE("around the web"), PHRASE("from around the web"),
    PHRASE("from the web"), PHRASE("from our partners"), PHRASE("other news"),
    PHRASE("other stories"), PHRASE("other articles"),
    PHRASE("similar articles"), PHRASE("similar posts"),
    PHRASE("similar stories"), PHRASE("in other news"),
    PHRASE("about the author"), PHRASE("about the authors"),
    /* Chinese, Japanese, Korean */
    PHRASE("相关阅读"), PHRASE("相关新闻"), PHRASE("相关文章"),
    PHRASE("相关推荐"), PHRASE("推荐阅读"), PHRASE("延伸阅读"),
    PHRASE("延伸閱讀"), PHRASE("推薦閱讀"), PHRASE("相關新聞"),
    PHRASE("相關文章"), PHRASE("其他人也在看"), PHRASE("你可能還想看"),
    PHRASE("你可能还想看"), PHRASE("猜你喜欢"), PHRASE("热门推荐"),
    PHRASE("热点推荐"), PHRASE("最新文章"), PHRASE("更多新闻"),
    PHRASE("関連記事"), PHRASE("おすすめ記事"), PHRASE("人気記事"),
    PHRASE("最新記事"), PHRASE("あわせて読みたい"), PHRASE("関連ニュース"),
    PHRASE("관련기사"), PHRASE("관련 기사"), PHRASE("인기기사"),
    PHRASE("추천기사"), PHRASE("많이 본 뉴스"),
    /* Czech, Hungarian, Polish, Romanian */
    PHRASE("související články"), PHRASE("nejčtenější"),
    PHRASE("kapcsolódó cikkek"), PHRASE("zobacz także"), PHRASE("zobacz też"),
    PHRASE("czytaj także"), PHRASE("czytaj też"), PHRASE("najnowsze artykuły"),
    PHRASE("najczęściej czytane"), PHRASE("podobne artykuły"),
    PHRASE("powiązane artykuły"), PHRASE("warto przeczytać"),
    PHRASE("articole similare"),
    /* Danish, Norwegian, Swedish, Finnish, Dutch */
    PHRASE("læs også"), PHRASE("les også"), PHRASE("läs också"),
    PHRASE("läs även"), PHRASE("mest lästa"), PHRASE("lue myös"),
    PHRASE("lees ook"), PHRASE("meest gelezen"),
    PHRASE("gerelateerde artikelen"),
    /* German */
    PHRASE("mehr zum thema"), PHRASE("das könnte sie auch interessieren"),
    PHRASE("das könnte dich auch interessieren"), PHRASE("ähnliche artikel"),
    PHRASE("ähnliche beiträge"), PHRASE("neueste artikel"),
    PHRASE("neueste beiträge"), PHRASE("letzte beiträge"),
    PHRASE("aktuelle nachrichten"), PHRASE("meistgelesen"),
    PHRASE("meistgelesene artikel"), PHRASE("verwandte artikel"),
    PHRASE("verwandte themen"), PHRASE("weitere artikel"),
    PHRASE("weitere nachrichten"), PHRASE("auch interessant"),
    PHRASE("lesen sie auch"),
    /* French, Italian, Portuguese, Spanish */
    PHRASE("à lire aussi"), PHRASE("articles similaires"),
    PHRASE("articles liés"), PHRASE("sur le même sujet"),
    PHRASE("les plus lus"), PHRASE("derniers articles"),
    PHRASE("dernières nouvelles"), PHRASE("articles récents"),
    PHRASE("à ne pas manquer"), PHRASE("vous aimerez aussi"),
    PHRASE("articoli correlati"), PHRASE("potrebbe interessarti"),
    PHRASE("potrebbero interessarti"), PHRASE("ultime notizie"),
    PHRASE("i più letti"), PHRASE("leggi anche"), PHRASE("articoli recenti"),
    PHRASE("notícias relacionadas"), PHRASE("artigos relacionados"),
    PHRASE("leia também"), PHRASE("veja também"), PHRASE("mais lidas"),
    PHRASE("últimas notícias"), PHRASE("mais notícias"),
    PHRASE("noticias relacionadas"), PHRASE("artículos relacionados"),
    PHRASE("te puede interesar"), PHRASE("también te puede interesar"),
    PHRASE("lo más leído"), PHRASE("lo más visto"), PHRASE("últimas noticias"),
    PHRASE("más noticias"), PHRASE("entradas recientes"),
    /* Greek, Turkish */
    PHRASE("τελευταία νέα"), PHRASE("διαβάστε επίσης"),
    PHRASE("διαβάστε ακόμα"), PHRASE("σχετικά άρθρα"), PHRASE("δημοφιλή"),
    PHRASE("περισσότερα νέα"), PHRASE("τελευταία άρθρα"),
    PHRASE("ilgili haberler"), PHRASE("benzer haberler"),
    PHRASE("son haberler"), PHRASE("çok okunanlar"),
    /* Indonesian, Vietnamese */
    PHRASE("baca juga"), PHRASE("berita terkait"), PHRASE("terpopuler"),
    PHRASE("xem thêm"), PHRASE("tin liên quan"),
    /* Russian, Ukrainian */
    PHRASE("читайте также"), PHRASE("новости по теме"),
    PHRASE("материалы по теме"), PHRASE("ссылки по теме"),
    PHRASE("статьи по теме"), PHRASE("по теме"), PHRASE("похожие статьи"),
    PHRASE("похожие новости"), PHRASE("последние новости"),
    PHRASE("популярные новости"), PHRASE("другие новости"),
    PHRASE("новости партнеров"), PHRASE("главные новости"),
    PHRASE("самое читаемое"), PHRASE("читайте також"), PHRASE("схожі новини"),
    PHRASE("останні новини"), PHRASE("новини по темі")};

enum { NAME_WORDS = 3 };

/* The same, with a name behind. */
static const struct str others_of[] = {
    PHRASE("more from"),  PHRASE("also on"),	    PHRASE("also in"),
    PHRASE("related on"), PHRASE("other posts by"), PHRASE("latest from"),
    PHRASE("popular on"), PHRASE("podobne do")};

/* Letters in lower case, a number as 0, what is between as one space. */
struct reading {
	char text[LABEL_BYTES + 8];
	size_t len;
};

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019;
}

static void read_text(struct str text, struct reading *r)
{
	enum { SPACE, NUMBER, LETTER } before = SPACE, now;

	r->len = 0;
	for (size_t at = 0; at < text.len && r->len + 5 < LABEL_BYTES;) {
		uint32_t c = (unsigned char)text.data[at], low;

		if (c < 0x80) {
			at++;
			low = (unsigned char)ascii_word[c];
			now = low == 0		       ? SPACE
			      : ascii_digit((char)low) ? NUMBER
						       : LETTER;
		} else {
			at += utf8_decode(text.data + at, text.len - at, &c);
			low = utf8_lower(c);
			now = utf8_is_wide_word(c) ? LETTER : SPACE;
		}
		if (is_apostrophe(c))
			continue;
		if (now != before && now != SPACE && r->len > 0)
			r->text[r->len++] = ' ';
		if (now == LETTER && low < 0x80)
			r->text[r->len++] = (char)low;
		else if (now == LETTER)
			r->len += utf8_put(low, r->text + r->len);
		else if (now == NUMBER && before != NUMBER)
			r->text[r->len++] = '0';
		before = now;
	}
}

/* Take one of some phrases off the front of a reading: true if it was there,
 * and whole words are left. */
static bool take(struct str *s, const struct str *list, size_t count)
{
	if (s->len == 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t n = list[i].len;

		if (n > s->len || list[i].data[0] != s->data[0] ||
		    memcmp(list[i].data, s->data, n) != 0 ||
		    (n < s->len && s->data[n] != ' '))
			continue;
		n += n < s->len;
		*s = (struct str){s->data + n, s->len - n};
		return true;
	}
	return false;
}

/* What leads to a form, off the end. */
static void drop_tail(struct str *s)
{
	for (size_t i = 0; i < PHRASE_COUNT(tails); i++) {
		size_t n = tails[i].len;

		if (n < s->len && s->data[s->len - n - 1] == ' ' &&
		    memcmp(tails[i].data, s->data + s->len - n, n) == 0) {
			s->len -= n + 1;
			return;
		}
	}
}

/* Numbers, and what counts, off the end. */
static void drop_numbers(struct str *s)
{
	while (s->len > 2) {
		size_t space = s->len - 1;
		struct str last;

		while (space > 0 && s->data[space] != ' ')
			space--;
		last = (struct str){s->data + space + 1, s->len - space - 1};
		if (space == 0 ||
		    !(phrase_is_in(last, numbers, 1) ||
		      phrase_is_in(last, counters, PHRASE_COUNT(counters))))
			return;
		s->len = space;
	}
}

static bool are_comments(struct str s)
{
	bool counted = false;
	struct str rest;

	while (take(&s, leads, PHRASE_COUNT(leads)))
		;
	while (take(&s, numbers, PHRASE_COUNT(numbers)))
		counted = true;
	rest = s;
	if (counted && take(&rest, about_what, PHRASE_COUNT(about_what)) &&
	    take(&rest, about, PHRASE_COUNT(about)))
		return true;
	drop_tail(&s);
	drop_numbers(&s);
	return phrase_is_in(s, many, PHRASE_COUNT(many)) ||
	       (counted && phrase_is_in(s, one, PHRASE_COUNT(one)));
}

/* What a site or a series is called is short. */
static bool is_name(struct str s)
{
	unsigned words = 1;

	for (size_t i = 0; i < s.len; i++)
		words += s.data[i] == ' ';
	return s.len > 0 && words <= NAME_WORDS;
}

/* Marks with which a label hardly begins or ends: it is a part of a menu, or a
 * question. */
static bool has_other_marks(struct str text)
{
	return strchr("|/,?", text.data[0]) != NULL ||
	       strchr("|/,?", text.data[text.len - 1]) != NULL;
}

static bool read_label(struct str text, struct reading *r)
{
	if (text.len == 0 || text.len >= LABEL_BYTES || has_other_marks(text))
		return false;
	read_text(text, r);
	return r->len > 0;
}

bool label_is_comments(struct str text)
{
	struct reading r;

	return read_label(text, &r) &&
	       are_comments((struct str){r.text, r.len});
}

bool label_is_others(struct str text)
{
	struct reading r;
	struct str s;

	if (!read_label(text, &r))
		return false;
	s = (struct str){r.text, r.len};
	return phrase_is_in(s, others, PHRASE_COUNT(others)) ||
	       (take(&s, others_of, PHRASE_COUNT(others_of)) && is_name(s));
}
